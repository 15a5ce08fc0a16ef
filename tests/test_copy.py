"""The learner's copy: what is cleared in it, and that no update ever touches a learner's work."""

import json
import os
import re
from contextlib import nullcontext
from pathlib import Path

import nbformat
import pytest

import notebooks as tool
from hopfield_edu import _copy

ROOT = Path(__file__).resolve().parents[1]
FILES = ["notebooks/00_start_here.ipynb", "exercises/02_x/02_x.ipynb", "solutions/02_x/02_x.ipynb"]
IGNORED = ["notebooks/.ipynb_checkpoints/old.ipynb", "notebooks/._x.ipynb", "elsewhere/secret.txt"]


def write_course(source: Path, version: str, *only: str) -> Path:
    """A course, all or a few of whose files are of a version."""
    for name in only or FILES + IGNORED:
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(f"{name} {version}")
    return source


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_course(tmp_path / "source", "v1")


@pytest.fixture
def mine(source: Path, tmp_path: Path) -> Path:
    """A copy of the first version."""
    _copy.update(source, tmp_path / "mine", "1")
    return tmp_path / "mine"


def names(folder: Path) -> list[str]:
    """All files but the manifest."""
    found = sorted(p.relative_to(folder).as_posix() for p in folder.glob("**/*") if p.is_file())
    return [name for name in found if name != _copy.MANIFEST]


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.glob("**/*") if p.is_file()}


def beside(name: str, mark: str = "(new)") -> str:
    return name.replace(".ipynb", f" {mark}.ipynb")


# ------------------------------------------------------------------------------ what is delivered


def a_notebook(*cells: nbformat.NotebookNode) -> bytes:
    return tool.as_bytes(tool.normalise(nbformat.v4.new_notebook(cells=list(cells))))


def code(source: str, **metadata: object) -> nbformat.NotebookNode:
    shown = nbformat.v4.new_output("stream", name="stdout", text=f"what {source} shows β")
    return nbformat.v4.new_code_cell(source, outputs=[shown], execution_count=7, metadata=metadata)


def test_outputs_that_spoil_are_cleared_and_all_others_stay() -> None:
    hidden = {"outputs_hidden": True}
    cells = [
        code("seen"),
        code("spoils", jupyter=dict(hidden), tags=["x"]),
        code("spoils, unseen source", jupyter=hidden | {"source_hidden": True}),
        code("spoils nothing", jupyter={"source_hidden": True}),
    ]
    raw = json.dumps(nbformat.v4.new_notebook(cells=cells), ensure_ascii=False).encode()
    content = json.loads(_copy.without_spoilers(raw))
    nbformat.validate(content)
    kept = [(len(cell["outputs"]), cell["execution_count"]) for cell in content["cells"]]
    assert kept == [(1, 7), (0, None), (0, None), (1, 7)]
    metadata = [cell["metadata"] for cell in content["cells"]]
    unseen = {"jupyter": {"source_hidden": True}}
    assert metadata == [{}, {"tags": ["x"]}, unseen, unseen]


def test_nothing_else_of_a_notebook_changes() -> None:
    seen, spoils = code("seen"), code("a guess", jupyter={"outputs_hidden": True})
    text = nbformat.v4.new_markdown_cell("prose β with outputs_hidden")
    plain = a_notebook(seen, text)
    assert _copy.without_spoilers(plain) == plain
    unrun = nbformat.v4.new_code_cell("a guess")
    for cell in (spoils, unrun):
        cell.id = "same"
    # the same bytes as the tool that writes notebooks would write
    assert _copy.without_spoilers(a_notebook(seen, text, spoils)) == a_notebook(seen, text, unrun)


def test_the_course_and_nothing_else_is_copied(source: Path, tmp_path: Path) -> None:
    report = _copy.update(source, tmp_path / "mine", "1")
    assert names(tmp_path / "mine") == sorted(FILES)
    assert report == _copy.Report(added=FILES)


def test_the_course_itself_as_a_copy(tmp_path: Path) -> None:
    """Every notebook is there and valid, no output in it is hidden, and every link leads somewhere."""
    _copy.update(ROOT, tmp_path, "1")
    hidden = 0
    for path in sorted(tmp_path.glob("*/**/*.ipynb")):
        notebook, original = tool.read(path), tool.read(ROOT / path.relative_to(tmp_path))
        nbformat.validate(json.loads(path.read_text(encoding="utf-8")))
        for cell, before in zip(notebook.cells, original.cells, strict=True):
            spoils = before.metadata.get("jupyter", {}).get("outputs_hidden", False)
            hidden += spoils
            assert "outputs_hidden" not in cell.metadata.get("jupyter", {})
            assert cell.source == before.source
            assert cell.get("outputs") == ([] if spoils else before.get("outputs"))
            for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", cell.source):
                if cell.cell_type == "markdown" and ":" not in target:
                    assert (path.parent / target).exists(), f"{path.name} links to {target}"
    assert hidden == sum(
        path.read_text(encoding="utf-8").count('"outputs_hidden": true')
        for part in _copy.PARTS
        for path in ROOT.glob(f"{part}/**/[!.]*.ipynb")
        if ".ipynb_checkpoints" not in path.parts
    )


# ------------------------------------------------------------------------------ updates


def test_an_update_replaces_what_was_not_changed(source: Path, mine: Path) -> None:
    write_course(source, "v2", *FILES[:2])
    report = _copy.update(source, mine, "2")
    assert report == _copy.Report(replaced=FILES[:2])
    assert (mine / FILES[0]).read_text() == f"{FILES[0]} v2"
    assert (mine / FILES[2]).read_text() == f"{FILES[2]} v1"
    assert json.loads((mine / _copy.MANIFEST).read_text())["course"] == "2"


def test_a_changed_file_is_never_touched_and_is_named_when_older(source: Path, mine: Path) -> None:
    (mine / FILES[0]).write_text("my work")
    (mine / FILES[1]).write_text("my notes")
    assert _copy.update(source, mine, "1") == _copy.Report()  # changed, but not older
    for number in (2, 3):  # two updates in a row, without having been asked for anything
        write_course(source, f"v{number}", FILES[0], FILES[2])
        report = _copy.update(source, mine, str(number))
        assert report == _copy.Report(older=[FILES[0]], replaced=[FILES[2]])
    assert _copy.update(source, mine, "3") == _copy.Report(older=[FILES[0]])  # named until the offer is taken
    assert (mine / FILES[0]).read_text() == "my work"
    assert (mine / FILES[1]).read_text() == "my notes"
    assert names(mine) == sorted(FILES)


def test_a_deleted_file_comes_back(source: Path, mine: Path) -> None:
    (mine / FILES[1]).unlink()
    (mine / FILES[2]).parent.rename(mine / "solutions/kept away")
    assert _copy.update(source, mine, "1") == _copy.Report(added=[FILES[1], FILES[2]])
    assert (mine / FILES[1]).read_text() == f"{FILES[1]} v1"


def test_a_new_file_of_the_course_is_added_and_a_dropped_one_stays(source: Path, mine: Path) -> None:
    write_course(source, "v2", "notebooks/14_new.ipynb")
    (source / FILES[1]).unlink()
    assert _copy.update(source, mine, "2") == _copy.Report(added=["notebooks/14_new.ipynb"])
    assert (mine / FILES[1]).exists()


def test_a_new_version_is_put_beside_on_request(source: Path, mine: Path) -> None:
    (mine / FILES[0]).write_text("my work")
    write_course(source, "v2", FILES[0])
    report = _copy.update(source, mine, "2", beside=True)
    assert report == _copy.Report(older=[FILES[0]], beside=[beside(FILES[0])])
    assert (mine / FILES[0]).read_text() == "my work"
    assert (mine / beside(FILES[0])).read_text() == f"{FILES[0]} v2"
    assert _copy.update(source, mine, "2", beside=True) == _copy.Report()  # offered once is enough
    (mine / beside(FILES[0])).unlink()
    assert _copy.update(source, mine, "2", beside=True) == _copy.Report()


def test_updates_in_a_row_put_beside(source: Path, mine: Path) -> None:
    """An untouched `(new)` gives way to the next version; one that the learner works in does not."""
    (mine / FILES[0]).write_text("my work")
    for number in (2, 3):
        write_course(source, f"v{number}", FILES[0])
        report = _copy.update(source, mine, str(number), beside=True)
        assert report.beside == [beside(FILES[0])]
        assert (mine / beside(FILES[0])).read_text() == f"{FILES[0]} v{number}"
    (mine / beside(FILES[0])).write_text("more work")
    write_course(source, "v4", FILES[0])
    assert _copy.update(source, mine, "4", beside=True).beside == [beside(FILES[0], "(new 2)")]
    assert (mine / FILES[0]).read_text() == "my work"
    assert (mine / beside(FILES[0])).read_text() == "more work"


def test_a_learner_who_takes_the_new_version_follows_the_course_again(source: Path, mine: Path) -> None:
    (mine / FILES[0]).write_text("my work")
    write_course(source, "v2", FILES[0])
    _copy.update(source, mine, "2", beside=True)
    (mine / beside(FILES[0])).replace(mine / FILES[0])
    assert _copy.update(source, mine, "2") == _copy.Report()
    write_course(source, "v3", FILES[0])
    assert _copy.update(source, mine, "3") == _copy.Report(replaced=[FILES[0]])


def test_only_the_learner_changes_files_of_other_names(source: Path, mine: Path) -> None:
    (mine / "notebooks/my own.ipynb").write_text("mine")
    (mine / "record.jsonl").write_text("{}\n")
    (mine / beside(FILES[0])).write_text("a file that happens to bear this name")
    (mine / FILES[0]).write_text("my work")
    write_course(source, "v2")
    before = contents(mine)
    report = _copy.update(source, mine, "2", beside=True)
    assert report.beside == [beside(FILES[0], "(new 2)")]
    after = contents(mine)
    changed = [name for name in before if after[name] != before[name]]
    assert sorted(changed) == sorted([_copy.MANIFEST, *FILES[1:]])


# ------------------------------------------------------------------------------ what may go wrong


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("after", range(5))  # the manifest, three files, and in an update the manifest again
def test_an_interrupted_copy_is_completed(
    after: int, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed before any of its writings, in a first copy and in an update, it ends as if never disturbed."""
    mine, write, written = tmp_path / "mine", os.replace, []

    def killed(part: Path, path: Path) -> None:
        if len(written) == after:
            raise Killed
        written.append(path)
        write(part, path)

    for version in ("v1", "v2"):
        write_course(source, version)
        written.clear()
        ends = after == 4 and version == "v1"
        with monkeypatch.context() as patch, nullcontext() if ends else pytest.raises(Killed):
            patch.setattr(os, "replace", killed)
            _copy.update(source, mine, version)
        assert not [name for name in names(mine) if "/." in name]
        present = [name for name in FILES if (mine / name).exists()]
        assert len(present) == min(max(after - 1, 0), 3) or version == "v2"
        if version == "v1":
            _copy.update(source, mine, version)  # again, undisturbed
    write_course(source, "v3")
    assert _copy.update(source, mine, "v3") == _copy.Report(replaced=FILES)
    assert _copy.update(source, mine, "v3") == _copy.Report()
    (mine / FILES[0]).write_text("my work")
    assert _copy.update(source, mine, "v3") == _copy.Report()  # changed, but not older


def test_an_interrupted_offer_is_made_again(
    source: Path, mine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (mine / FILES[0]).write_text("my work")
    write_course(source, "v2", FILES[0])
    write = _copy._write

    def killed(path: Path, content: bytes) -> None:
        if path.suffix == ".ipynb":
            raise Killed
        write(path, content)

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(_copy, "_write", killed)
        _copy.update(source, mine, "2", beside=True)
    assert _copy.update(source, mine, "2") == _copy.Report(older=[FILES[0]])


def test_no_half_written_file_is_left(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, content: bytes) -> int:
        with path.open("wb") as file:
            file.write(content[:3])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    before = contents(mine)
    with pytest.raises(OSError, match=r"No space.*/00_start_here\.ipynb'"):
        _copy._write(mine / FILES[0], b"a new version")
    assert contents(mine) == before


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\xff\xfe",
        b"{",
        b"[]",
        b"null",
        b"[" * 100_000,
        b'{"format": 1}',
        b'{"format": 2, "files": {}}',
        b'{"format": 1, "files": []}',
        b'{"format": 1, "files": {"notebooks/00_start_here.ipynb": "abc"}}',
        b'{"format": 1, "files": {"notebooks/00_start_here.ipynb": {"delivered": "abc"}}}',
        b'{"format": 1, "files": {"notebooks/00_start_here.ipynb": {"delivered": [1]}}}',
        b'{"format": 1, "files": {"notebooks/00_start_here.ipynb": {"delivered": [], "offered": 1}}}',
    ],
    ids=lambda text: text[:70].decode(errors="replace").replace("[" * 70, "deep") or "empty",
)
def test_with_a_corrupt_manifest_every_file_is_the_learners(text: bytes, source: Path, mine: Path) -> None:
    (mine / _copy.MANIFEST).write_bytes(text)
    write_course(source, "v2", *FILES[:2])
    report = _copy.update(source, mine, "2")
    assert report == _copy.Report(older=FILES[:2], manifest_lost=True)
    assert (mine / FILES[0]).read_text() == f"{FILES[0]} v1"
    write_course(source, "v3", FILES[2])  # which was as in the course, and so is known again
    assert _copy.update(source, mine, "3") == _copy.Report(older=FILES[:2], replaced=[FILES[2]])


def test_in_an_old_copy_without_manifest_every_file_is_the_learners(source: Path, mine: Path) -> None:
    (mine / _copy.MANIFEST).unlink()
    (mine / FILES[2]).write_text("my work")
    write_course(source, "v2", FILES[0])
    before = contents(mine)
    report = _copy.update(source, mine, "2")
    assert report == _copy.Report(older=[FILES[0], FILES[2]])
    after = contents(mine)
    assert after.pop(_copy.MANIFEST) and after == before


def test_a_complete_copy_may_be_read_only(source: Path, mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(_copy, "_write", refused)
    assert _copy.update(source, mine, "1") == _copy.Report()
    write_course(source, "v2")
    with pytest.raises(PermissionError):
        _copy.update(source, mine, "2")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_an_error(source: Path, mine: Path) -> None:
    write_course(source, "v2")
    mine.chmod(0o500)
    try:
        with pytest.raises(PermissionError, match="mine"):
            _copy.update(source, mine, "2")
    finally:
        mine.chmod(0o700)


def test_folders_and_links_of_the_learners_stay(source: Path, mine: Path, tmp_path: Path) -> None:
    for name in FILES:
        (mine / name).unlink()
    (mine / FILES[0]).mkdir()
    (tmp_path / "elsewhere.ipynb").write_text(f"{FILES[1]} v1")  # as delivered, but not ours to replace
    (mine / FILES[1]).symlink_to(tmp_path / "elsewhere.ipynb")
    (mine / FILES[2]).symlink_to(tmp_path / "gone.ipynb")
    write_course(source, "v2")
    assert _copy.update(source, mine, "2") == _copy.Report(older=FILES)
    assert (mine / FILES[0]).is_dir()
    assert (mine / FILES[1]).is_symlink() and (mine / FILES[2]).is_symlink()
    assert (tmp_path / "elsewhere.ipynb").read_text() == f"{FILES[1]} v1"


def test_a_file_in_the_place_of_a_folder_is_an_error(source: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/notebooks").write_text("a file")
    with pytest.raises(OSError, match="notebooks"):
        _copy.update(source, tmp_path / "mine", "1")
