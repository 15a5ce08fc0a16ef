"""Random wrong calls of everything public: none hangs, none fills the memory, each refusal names an argument.

`wrong_calls` makes the calls; it can be run by itself, too, to see what comes of some functions.
"""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("resource")  # limits of memory and time, which Windows has not
import wrong_calls


def bad(number: int, seed: int = 0) -> list[str]:
    return [f"{failure.call}: {failure.reason}" for failure in wrong_calls.run(number, seed=seed)]


def test_wrong_calls_are_refused_by_name() -> None:
    assert bad(500) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_many_wrong_calls_are_refused_by_name(seed: int) -> None:
    assert bad(3000, seed) == []


def test_everything_public_is_called() -> None:
    """What is new is called without further notice; a class needs one line in `objects` to be made."""
    names = {target.name for target in wrong_calls.targets()}
    assert {
        "patterns.flip",
        "plots.grid",
        "binary.Network",
        "graded.WithFastUnit",
        "dense.Network.recall",
    } <= names
    assert {name.partition(".")[0] for name in names} >= {
        "datasets",
        "explore",
        "quiz",
        "theory",
        "trajectory",
    }


@pytest.mark.parametrize(
    ("raised", "reason"),
    [
        (ValueError("x is 3; a number below 3 is wanted"), None),
        (ValueError("a number below 3 is wanted"), "names no argument"),
        (ValueError("The truth value of an array x is ambiguous"), "raw"),
        (TypeError("x: unsupported operand type(s) for +"), "raw"),
        (ValueError("x is " + "1, " * 200), "too long"),
        (AttributeError("x has none"), "AttributeError"),
        (MemoryError("x"), "MemoryError"),
    ],
)
def test_the_judge_knows_a_bad_refusal(raised, reason) -> None:
    def refuse(x):
        raise raised

    found = wrong_calls.verdict(wrong_calls._target("refuse", refuse), {"x": 3}, {"x"})
    assert found is None if reason is None else found.startswith(reason)


@pytest.mark.parametrize(("flag", "number", "fine"), [(0.3, 1, False), (True, "a", False), (True, 2, True)])
def test_the_judge_knows_what_must_not_be_accepted(flag, number, fine) -> None:
    def accept(flag: bool, number: int) -> None:
        pass

    target = wrong_calls._target("accept", accept)
    assert (wrong_calls.verdict(target, {"flag": flag, "number": number}, {"flag", "number"}) is None) == fine


def test_a_hang_and_a_crash_are_found_and_the_next_call_is_made(monkeypatch, tmp_path) -> None:
    """Workers that die are replaced: every call has an outcome."""
    monkeypatch.setattr(wrong_calls, "__file__", str(tmp_path / "worker.py"))
    (tmp_path / "worker.py").write_text(
        "import json, os, signal, sys\n"
        "for k in range(int(sys.argv[3]), int(sys.argv[4])):\n"
        "    with open(sys.argv[5], 'a') as file:\n"
        "        print(json.dumps([k, 'f', f'f({k})', 'hang or crash']), file=file, flush=True)\n"
        "        if k in (1, 3):\n"
        "            os.kill(os.getpid(), signal.SIGKILL)\n"
        "        print(json.dumps([k, 'f', f'f({k})', None]), file=file, flush=True)\n"
    )
    assert [failure.call for failure in wrong_calls.run(5)] == ["f(1)", "f(3)"]


@pytest.mark.every(3)
@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("explore.crosstalk", {"patterns": np.array(3)}),
        ("feedback.records", {"notebook": 3}),
        ("predict.Guess.reveal", {"outcome": np.broadcast_to(np.int8(1), (10**6, 10**6))}),
        ("quiz.show", {"chapter": np.eye(2)}),
        ("graded.Network.fixed_points", {"starts": 0.3}),
        ("modern.multi_head", {"states": np.eye(2), "stored": np.eye(2), "heads": np.array(3)}),
    ],
)
def test_what_such_calls_have_found_stays_mended(name, given) -> None:
    (target,) = (target for target in wrong_calls.targets() if target.name == name)
    with pytest.raises((ValueError, TypeError)):
        target.call(**given)
    assert wrong_calls.verdict(target, given, set(given)) is None
