"""Random numbers of a model come from outside, and are what they were."""

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from narration.engines.onnx_model import SeededSession
from narration.threads import THREADS_VARIABLE, threads


def session(op: str, *, opset: int = 17, kind: int = TensorProto.FLOAT, **attributes: Any) -> SeededSession:
    """A model that gives random numbers, twice, like its input where the operation takes one."""
    inputs = ["x"] if op.endswith("Like") else []
    nodes = [helper.make_node(op, inputs, [name], **attributes) for name in ("one", "other")]
    nodes.append(helper.make_node("Identity", ["x"], ["same"]))
    x, *outputs = (helper.make_tensor_value_info(name, kind, None) for name in ("x", "one", "other", "same"))
    graph = helper.make_graph(nodes, "random", [x], outputs)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=8)
    return SeededSession(model, Path("model.onnx"), "voice")


X = np.zeros((2, 192, 700), np.float32)


def test_normal_numbers_are_the_same_each_run_and_others_for_another_variation() -> None:
    ran = session("RandomNormalLike", mean=3.0, scale=2.0)
    first, other, _ = ran.run(None, {"x": X})
    assert first.shape == X.shape
    assert first.mean() == pytest.approx(3, abs=0.03)
    assert first.std() == pytest.approx(2, abs=0.03)
    assert not np.array_equal(first, other)
    assert np.array_equal(ran.run(None, {"x": X})[0], first)
    ran.variation = 2
    assert not np.array_equal(ran.run(None, {"x": X})[0], first)


def test_uniform_numbers_stay_within_their_bounds() -> None:
    numbers, *_ = session("RandomUniformLike", low=-1.0, high=1.0).run(None, {"x": X})
    assert -1 <= numbers.min() < -0.99
    assert 0.99 < numbers.max() <= 1


def test_shape_may_be_the_nodes_own() -> None:
    numbers, *_ = session("RandomNormal", shape=[5, 7]).run(None, {"x": X})
    assert numbers.shape == (5, 7)


def test_numbers_are_of_the_inputs_kind() -> None:
    numbers, *_ = session("RandomNormalLike", kind=TensorProto.FLOAT16).run(None, {"x": X.astype(np.float16)})
    assert numbers.dtype == np.float16


def test_noise_is_no_input_that_anyone_sees() -> None:
    ran = session("RandomNormalLike")
    assert [given.name for given in ran.get_inputs()] == ["x"]
    assert len(ran.get_outputs()) == 3


def test_random_node_inside_a_branch_is_found() -> None:
    branch = helper.make_graph(
        [helper.make_node("RandomNormalLike", ["x"], ["inner"])],
        "branch",
        [],
        [helper.make_tensor_value_info("inner", TensorProto.FLOAT, None)],
    )
    node = helper.make_node("If", ["yes"], ["y"], then_branch=branch, else_branch=branch)
    graph = helper.make_graph(
        [node],
        "branches",
        [
            helper.make_tensor_value_info("yes", TensorProto.BOOL, []),
            helper.make_tensor_value_info("x", TensorProto.FLOAT, [4]),
        ],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    ran = SeededSession(model, Path("model.onnx"), "voice")
    given = {"yes": np.array(1, bool), "x": np.zeros(4, np.float32)}
    assert np.array_equal(ran.run(None, given)[0], ran.run(None, given)[0])
    assert isinstance(model, onnx.ModelProto)


@pytest.mark.parametrize(("value", "count"), [("3", 3), ("", 1), ("many", 1), ("0", 1)])
def test_threads_are_what_the_worker_was_given(value: str, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(THREADS_VARIABLE, value)
    assert threads() == count
