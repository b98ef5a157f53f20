"""ONNX voice models: loaded with so many threads, and with their random numbers given to them.

VITS and its kin draw noise inside the model (`RandomNormalLike` and others), and onnxruntime goes on with one generator
from run to run: the same sentence would never sound the same twice. So the random nodes are taken out of the graph when
it is loaded, and what they gave comes in through an input: the same noise for the same variation, whatever was spoken
before. Shapes stay whatever they are: the noise is a long row, and a node's share of it is read from its own start on.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
from google.protobuf.message import DecodeError
from numpy.typing import NDArray
from onnx import TensorProto, helper

from narration.errors import EngineError
from narration.memory import require_memory
from narration.threads import threads

_NOISE_LENGTH = 1_000_003  # a prime: however a tensor is cut into rows, no two begin alike
_NODE_STEP = 104_729
_NORMAL, _UNIFORM = "narration_normal", "narration_uniform"
_SOURCES = {
    "RandomNormalLike": _NORMAL,
    "RandomNormal": _NORMAL,
    "RandomUniformLike": _UNIFORM,
    "RandomUniform": _UNIFORM,
}
_FIRST_CAST_LIKE_OPSET = 15
_MEMORY_FACTOR = 3.0  # of the file's size: weights, their packed copies, what a run needs


def memory_of(model: Path) -> int:
    """Bytes of memory that a model takes at work, by the size of its file."""
    return round(_MEMORY_FACTOR * model.stat().st_size)


def read_model(path: Path, voice: str) -> onnx.ModelProto:
    """The model in a file. Raises EngineError when it is missing, damaged, or too large for this machine."""
    try:
        require_memory(memory_of(path), f"The voice {voice}")
        model = onnx.load_model(path)
    except OSError as error:
        raise EngineError(f"The model of the voice {voice} cannot be read: {path} ({error.strerror}).") from error
    except (DecodeError, onnx.onnx_cpp2py_export.checker.ValidationError, ValueError, RuntimeError) as error:
        raise EngineError(_damaged(path, voice)) from error
    if not model.graph.node:
        raise EngineError(_damaged(path, voice))
    return model


def _damaged(path: Path, voice: str) -> str:
    return f"The voice {voice} cannot be loaded: {path} is cut off or no ONNX model; `narrate voices install {voice}`."


class SeededSession:
    """A model ready to run, in place of an `onnxruntime.InferenceSession`; its noise follows `variation` alone."""

    def __init__(self, model: onnx.ModelProto, path: Path, voice: str) -> None:
        """path, voice: what messages call it. Raises EngineError when onnxruntime cannot run the model."""
        self._noises = _with_noise_as_input(model)
        self._voice = voice
        self._model_path = str(path)  # kokoro_onnx asks for it
        self.variation = 1
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads()
        options.inter_op_num_threads = 1
        options.log_severity_level = 4
        try:
            self._session = onnxruntime.InferenceSession(
                model.SerializeToString(), sess_options=options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime's have no common root; no other code runs in here
            raise EngineError(
                f"The voice {voice} cannot be loaded: {path} was made for another onnxruntime, or is damaged "
                f"({_first_line(error)}). Try pip install -U onnxruntime, or `narrate voices install {voice}`."
            ) from error

    def run(self, names: Sequence[str] | None, inputs: Mapping[str, Any]) -> list[NDArray[Any]]:
        """The model's outputs. Raises EngineError when it fails."""
        noise = {name: _noise(name, self.variation) for name in self._noises}
        try:
            outputs: list[NDArray[Any]] = self._session.run(names, {**inputs, **noise})
        except Exception as error:  # onnxruntime's have no common root; no other code runs in here
            raise EngineError(
                f"the model of the voice {self._voice} failed ({_first_line(error)}); its files may be of two voices: "
                f"`narrate voices install {self._voice}` brings them again"
            ) from error
        return outputs

    def get_inputs(self) -> list[Any]:
        """Its own inputs, without the noise."""
        return [given for given in self._session.get_inputs() if given.name not in self._noises]

    def get_outputs(self) -> list[Any]:
        """Its outputs."""
        outputs: list[Any] = self._session.get_outputs()
        return outputs

    def get_modelmeta(self) -> Any:  # noqa: ANN401 - onnxruntime has no types
        """What the model says of itself."""
        return self._session.get_modelmeta()


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]


@lru_cache(maxsize=4)
def _noise(name: str, variation: int) -> NDArray[np.float32]:
    generator = np.random.default_rng(variation)
    if name == _NORMAL:
        return generator.standard_normal(_NOISE_LENGTH, np.float32)
    return generator.random(_NOISE_LENGTH, np.float32)


def _with_noise_as_input(model: onnx.ModelProto) -> frozenset[str]:
    """Take the random nodes out of the model; the names of the inputs that came instead."""
    opset = max((each.version for each in model.opset_import if each.domain in ("", "ai.onnx")), default=0)
    used: list[str] = []
    _replaced(model.graph, opset, used)
    for name in sorted(set(used)):
        model.graph.input.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, [_NOISE_LENGTH]))
    return frozenset(used)


def _replaced(graph: onnx.GraphProto, opset: int, used: list[str]) -> None:
    """Replace the graph's random nodes, those of its branches and loops too; `used` gathers the inputs needed."""
    nodes: list[onnx.NodeProto] = []
    for node in graph.node:
        for attribute in node.attribute:
            for inner in (attribute.g, *attribute.graphs) if attribute.HasField("g") else attribute.graphs:
                _replaced(inner, opset, used)
        if node.op_type in _SOURCES:
            nodes += _given_noise(node, len(used), opset)
            used.append(_SOURCES[node.op_type])
        else:
            nodes.append(node)
    if any(node.op_type in _SOURCES for node in graph.node):
        del graph.node[:]
        graph.node.extend(nodes)


def _given_noise(node: onnx.NodeProto, number: int, opset: int) -> Iterable[onnx.NodeProto]:
    """Nodes that give what this random node gave, out of the noise from its own place on."""
    asked = {attribute.name: helper.get_attribute_value(attribute) for attribute in node.attribute}
    name = f"narration_noise_{number}"
    like = node.input[0] if node.input else ""
    if node.op_type.startswith("RandomNormal"):
        factor, offset = asked.get("scale", 1.0), asked.get("mean", 0.0)
    else:
        factor, offset = asked.get("high", 1.0) - asked.get("low", 0.0), asked.get("low", 0.0)
    start, one, length = number * _NODE_STEP % _NOISE_LENGTH, 1, _NOISE_LENGTH
    if like:
        yield helper.make_node("Shape", [like], [f"{name}_shape"])
    else:
        yield _constant(f"{name}_shape", np.array(asked["shape"], np.int64))
    yield _constant(f"{name}_start", np.array(start, np.int64))
    yield _constant(f"{name}_one", np.array(one, np.int64))
    yield _constant(f"{name}_length", np.array(length, np.int64))
    yield helper.make_node("ReduceProd", [f"{name}_shape"], [f"{name}_size"], keepdims=0)
    yield helper.make_node("Add", [f"{name}_start", f"{name}_size"], [f"{name}_end"])
    yield helper.make_node("Range", [f"{name}_start", f"{name}_end", f"{name}_one"], [f"{name}_places"])
    yield helper.make_node("Mod", [f"{name}_places", f"{name}_length"], [f"{name}_inside"])
    yield helper.make_node("Gather", [_SOURCES[node.op_type], f"{name}_inside"], [f"{name}_row"])
    yield helper.make_node("Reshape", [f"{name}_row", f"{name}_shape"], [f"{name}_plain"])
    yield _constant(f"{name}_factor", np.array(factor, np.float32))
    yield _constant(f"{name}_offset", np.array(offset, np.float32))
    yield helper.make_node("Mul", [f"{name}_plain", f"{name}_factor"], [f"{name}_scaled"])
    yield helper.make_node("Add", [f"{name}_scaled", f"{name}_offset"], [f"{name}_moved"])
    if like and "dtype" not in asked and opset >= _FIRST_CAST_LIKE_OPSET:
        yield helper.make_node("CastLike", [f"{name}_moved", like], [node.output[0]])
    else:
        yield helper.make_node("Cast", [f"{name}_moved"], [node.output[0]], to=asked.get("dtype", TensorProto.FLOAT))


def _constant(name: str, value: NDArray[Any]) -> onnx.NodeProto:
    return helper.make_node("Constant", [], [name], value=onnx.numpy_helper.from_array(value))
