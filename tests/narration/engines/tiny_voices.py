"""Voices of a few kilobytes, built like the real ones (inputs, outputs, configuration), that whistle their phonemes.

Each phoneme lasts its number of frames, drawn out or shortened by noise as VITS does it, and has a pitch of its own.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from piper.phoneme_ids import DEFAULT_PHONEME_ID_MAP

RATE_HZ, HOP = 22_050, 256
KOKORO_RATE_HZ, KOKORO_HOP = 24_000, 300
N_SYMBOLS = 256
PHONEME_FRAMES, PAD_FRAMES = 4.0, 1.0
_SILENT = "_^$ .,;:!?\"'()-"
_WIDTH = 512


class _Graph:
    """Nodes one after the other, by the names of what they give."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def const(self, value: Any, dtype: Any = np.float32) -> str:
        name = f"const_{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.array(value, dtype), name))
        return name

    def __call__(self, op: str, *inputs: str, name: str = "", **attributes: Any) -> str:
        name = name or f"{op.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(op, list(inputs), [name], **attributes))
        return name


def piper_voice(
    folder: Path,
    name: str = "en_US-tiny-low",
    *,
    speakers: int = 1,
    slowness: int = 0,
    language: str = "en_US",
    espeak: str = "en-us",
    **configuration: Any,
) -> Path:
    """The model file of a Piper voice, its configuration beside it. slowness: matrix products for each frame."""
    folder.mkdir(parents=True, exist_ok=True)
    model = folder / f"{name}.onnx"
    onnx.save_model(piper_model(speakers, slowness), model)
    write_configuration(model, speakers=speakers, language=language, espeak=espeak, **configuration)
    return model


def write_configuration(
    model: Path, *, speakers: int = 1, language: str = "en_US", espeak: str = "en-us", **others: Any
) -> None:
    values = {
        "audio": {"sample_rate": RATE_HZ, "quality": "low"},
        "espeak": {"voice": espeak},
        "inference": {"noise_scale": 0.667, "length_scale": 1, "noise_w": 0.8},
        "phoneme_type": "espeak",
        "phoneme_id_map": DEFAULT_PHONEME_ID_MAP,
        "num_symbols": N_SYMBOLS,
        "num_speakers": speakers,
        "speaker_id_map": {f"p{number}": number for number in range(speakers)} if speakers > 1 else {},
        "hop_length": HOP,
        "language": {"code": language},
        "piper_version": "1.0.0",
    }
    model.with_name(f"{model.name}.json").write_text(json.dumps(values | others), "utf-8")


def piper_model(speakers: int = 1, slowness: int = 0) -> onnx.ModelProto:
    graph = _Graph()
    silent = {number for symbol in _SILENT for number in DEFAULT_PHONEME_ID_MAP.get(symbol, [])}
    length = graph("Slice", "scales", graph.const([1], np.int64), graph.const([2], np.int64))
    noise_w = graph("Slice", "scales", graph.const([2], np.int64), graph.const([3], np.int64))
    noise = graph("Slice", "scales", graph.const([0], np.int64), graph.const([1], np.int64))
    frames = graph.const([PAD_FRAMES if number == 0 else PHONEME_FRAMES for number in range(N_SYMBOLS)])
    widths = graph("Mul", graph("Gather", frames, "input"), length)
    drawn = graph("Mul", graph("RandomNormalLike", widths), graph("Mul", noise_w, graph.const(0.1)))
    widths = graph("Max", graph("Mul", widths, graph("Add", drawn, graph.const(1.0))), graph.const(0.0))
    ceiled = graph("Ceil", widths, name="w_ceil")
    pitches = graph.const([0.0 if number in silent else 150.0 + 8 * number for number in range(N_SYMBOLS)])
    pitch = graph("Gather", pitches, "input")
    inputs = [
        helper.make_tensor_value_info("input", TensorProto.INT64, ["batch", "phonemes"]),
        helper.make_tensor_value_info("input_lengths", TensorProto.INT64, ["batch"]),
        helper.make_tensor_value_info("scales", TensorProto.FLOAT, [3]),
    ]
    if speakers > 1:
        factors = graph.const([1.0 + number / 8 for number in range(speakers)])
        pitch = graph("Mul", pitch, graph("Gather", factors, "sid"))
        inputs.append(helper.make_tensor_value_info("sid", TensorProto.INT64, ["batch"]))
    sound = _whistled(graph, ceiled, pitch, HOP, RATE_HZ, slowness)
    sound = graph("Add", sound, graph("Mul", graph("RandomNormalLike", sound), graph("Mul", noise, graph.const(1e-3))))
    graph("Unsqueeze", sound, graph.const([0, 1, 2], np.int64), name="output")
    outputs = [helper.make_tensor_value_info("output", TensorProto.FLOAT, ["batch", 1, 1, "time"])]
    return _model(graph, inputs, outputs)


def _whistled(graph: _Graph, widths: str, pitches: str, hop: int, rate_hz: int, slowness: int) -> str:
    """Samples, shape (time,): each phoneme's pitch for its width in frames."""
    flat = graph.const([-1], np.int64)
    widths, pitches = graph("Reshape", widths, flat), graph("Reshape", pitches, flat)
    ends = graph("CumSum", widths, graph.const(0, np.int64))
    total = graph("Cast", graph("ReduceSum", widths, keepdims=0), to=TensorProto.INT64)
    numbers = graph("Range", graph.const(0, np.int64), total, graph.const(1, np.int64))
    column = graph("Unsqueeze", graph("Cast", numbers, to=TensorProto.FLOAT), graph.const([1], np.int64))
    passed = graph("Cast", graph("GreaterOrEqual", column, ends), to=TensorProto.INT64)
    owner = graph("ReduceSum", passed, graph.const([1], np.int64), keepdims=0)
    pitch = graph("Gather", pitches, owner)
    if slowness:
        pitch = _slowed(graph, pitch, slowness)
    rows = graph("Expand", graph("Unsqueeze", pitch, graph.const([1], np.int64)), graph.const([1, hop], np.int64))
    pitch = graph("Reshape", rows, flat)
    phase = graph("CumSum", graph("Mul", pitch, graph.const(2 * np.pi / rate_hz)), graph.const(0, np.int64))
    loud = graph("Mul", graph("Sign", pitch), graph.const(0.3))
    return graph("Mul", graph("Sin", phase), loud)


def _slowed(graph: _Graph, row: str, slowness: int) -> str:
    """The same row, after so many products with a matrix that leaves it as it was."""
    matrix = graph.const(np.eye(_WIDTH))
    wide = graph("Expand", graph("Unsqueeze", row, graph.const([1], np.int64)), graph.const([1, _WIDTH], np.int64))
    for _ in range(slowness):
        wide = graph("Abs", graph("MatMul", wide, matrix))
    return graph(
        "Reshape", graph("Slice", wide, *(graph.const([n], np.int64) for n in (0, 1, 1))), graph.const([-1], np.int64)
    )


def _model(graph: _Graph, inputs: list[Any], outputs: list[Any]) -> onnx.ModelProto:
    built = helper.make_graph(graph.nodes, "tiny", inputs, outputs, graph.constants)
    model = helper.make_model(built, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.checker.check_model(model)
    return model


def kokoro_voices(
    folder: Path, names: dict[str, float] | None = None, *, timed: bool = True, slowness: int = 0
) -> Path:
    """The model and the voices file of Kokoro; names: each voice's pitch in hertz."""
    folder.mkdir(parents=True, exist_ok=True)
    model = folder / "kokoro-v1.0.onnx"
    onnx.save_model(kokoro_model(timed=timed, slowness=slowness), model)
    pitches = names or {"af_heart": 200.0, "af_bella": 260.0, "bm_george": 110.0, "ff_siwis": 240.0}
    styles = {}
    for name, pitch in pitches.items():
        style = np.zeros((510, 1, 256), np.float32)
        style[..., 0] = pitch + np.arange(510)[:, None] / 100
        styles[name] = style
    with (folder / "voices-v1.0.bin").open("wb") as out:
        np.savez(out, **styles)
    return model


def kokoro_model(*, timed: bool = True, slowness: int = 0) -> onnx.ModelProto:
    graph = _Graph()
    frames = graph.const([1.0] + [4.0] * 199)
    widths = graph("Div", graph("Gather", frames, "tokens"), "speed")
    widths = graph("Ceil", widths)
    base = graph("Slice", "style", *(graph.const([n], np.int64) for n in (0, 1, 1)))
    steps = graph("Mul", graph("Cast", "tokens", to=TensorProto.FLOAT), graph.const(2.0))
    # The vocabulary's marks and its space have numbers up to 16.
    voiced = graph("Cast", graph("Greater", "tokens", graph.const(16, np.int64)), to=TensorProto.FLOAT)
    pitch = graph("Mul", graph("Add", steps, base), voiced)
    sound = _whistled(graph, widths, pitch, KOKORO_HOP, KOKORO_RATE_HZ, slowness)
    noise = graph("Mul", graph("RandomUniformLike", sound, low=-1.0, high=1.0), graph.const(1e-3))
    graph("Add", sound, noise, name="audio")
    inputs = [
        helper.make_tensor_value_info("tokens", TensorProto.INT64, [1, "tokens"]),
        helper.make_tensor_value_info("style", TensorProto.FLOAT, [1, 256]),
        helper.make_tensor_value_info("speed", TensorProto.FLOAT, [1]),
    ]
    outputs = [helper.make_tensor_value_info("audio", TensorProto.FLOAT, ["samples"])]
    if timed:
        graph("Cast", graph("Reshape", widths, graph.const([-1], np.int64)), name="duration", to=TensorProto.INT64)
        outputs.append(helper.make_tensor_value_info("duration", TensorProto.INT64, ["tokens"]))
    return _model(graph, inputs, outputs)
