"""The doctor finds what is wrong, and finds nothing where all is well."""

from __future__ import annotations

import json
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from hopfield_edu import _doctor, _record, course


def mends(check: Any) -> list[str]:
    return [finding.seen for finding in check() if finding.mend]


def test_all_is_well_here(capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: Any) -> None:
    """With a kernel of its own; the working folder holds no copy."""
    monkeypatch.chdir(tmp_path)
    course.main(["doctor"])
    told, warned = capfd.readouterr()  # the kernel's own words, too
    assert told.endswith("All is well.\n") and "not well" not in told and "WARNING" not in told + warned
    for part in (sys.executable, "numpy", "anywidget", "the kernel python3 starts", "no copy of the course"):
        assert part in told


def test_what_is_missing_or_too_old_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    needs = ["nosuchpackage>=1", "numpy>=99", 'other>=1; extra == "site"', "tqdm>=1"]
    monkeypatch.setattr(_doctor.metadata, "requires", lambda name: needs)
    found = list(_doctor.packages())
    assert [finding.seen.split(";")[0] for finding in found] == [
        "nosuchpackage is missing",
        f"numpy {metadata.version('numpy')}",
        f"tqdm {metadata.version('tqdm')}",
    ]
    assert 'pip install --upgrade "numpy>=99"' in found[1].mend and not found[2].mend
    monkeypatch.setattr(_doctor, "OLDEST", (99, 0))
    assert mends(_doctor.python)


def test_missing_widgets_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jupyter_core.paths.jupyter_path", lambda *words: [])
    assert [seen.split(":")[0] for seen in mends(_doctor.widgets)] == [
        "JupyterLab does not find @jupyter-widgets/jupyterlab-manager",
        "JupyterLab does not find anywidget",
    ]


def test_another_kernel_and_none_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_doctor, "_asked", lambda: ("/other/python", "/other/hopfield_edu/__init__.py"))
    assert "another Python (/other/python)" in mends(_doctor.kernel)[0]

    def fails(**named: Any) -> Any:
        raise OSError("no such file: python")

    monkeypatch.undo()
    monkeypatch.setattr("jupyter_client.manager.start_new_kernel", fails)
    assert mends(_doctor.kernel) == ["the kernel python3 does not start: no such file: python"]


def test_a_damaged_record_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / _record.MARK).write_text("{}")
    lines = [json.dumps({"kind": "quiz"}), '{"kind": "qu', json.dumps({"kind": "verdict"})]
    (tmp_path / _record.FILE).write_text("\n".join(lines) + "\n")
    monkeypatch.chdir(tmp_path)
    assert [seen.partition(": ")[2] for seen in mends(_doctor.copy)] == ["1 of its lines cannot be read"]
    with pytest.raises(SystemExit) as stopped:
        monkeypatch.setattr(_doctor, "CHECKS", (_doctor.copy,))
        course.main(["doctor"])
    assert stopped.value.code == 1
