"""The command `hopfield-edu`: copies without overwriting, and serves the course."""

import os
import signal
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

import pytest
from browser import answers, free_port, isolated

from hopfield_edu import course

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def small_course(tmp_path: Path) -> Path:
    source = tmp_path / "source"
    for name in ("notebooks/00_start_here.ipynb", "exercises/02_x/02_x.ipynb", "solutions/02_x/02_x.ipynb"):
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(name)
    return source


@pytest.fixture
def small_clone(small_course: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The clone that the package runs from, as far as the command knows, with the working directory in it."""
    monkeypatch.setattr(course, "clone", lambda: small_course)
    monkeypatch.chdir(small_course)
    return small_course


def names(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.glob("**/*") if p.is_file())


def test_says_where_the_copy_is_and_what_became_of_it(small_clone: Path, tmp_path: Path, capsys) -> None:
    mine, first = tmp_path / "my work", small_clone / course.START

    def said(**options: bool) -> str:
        assert course.prepare(str(mine), **options) == mine
        return capsys.readouterr().out

    assert said() == f"Your copy of the course is in {mine}\n  3 files added\n"
    assert said() == f"Your copy of the course is in {mine}\n"
    first.write_text("v2")
    assert "  1 file replaced by a new version; you had not changed them\n" in said()
    (mine / course.START).write_text("my work")
    assert "older" not in said()
    first.write_text("v3")
    text = said()
    assert (
        f"1 file of yours may be older than the course; nothing overwrites yours:\n    {course.START}\n"
        in text
    )
    assert f"`hopfield-edu '{mine}' --update` puts the new version of each beside it" in text
    assert "    notebooks/00_start_here (new).ipynb\n" in said(beside=True)
    assert said() == f"Your copy of the course is in {mine}\n"
    (mine / ".hopfield-edu.json").write_text("{")
    assert ".hopfield-edu.json cannot be read" in said()


def test_in_a_clone_the_copy_is_my_course(small_clone: Path) -> None:
    mine = small_clone / "my-course"
    assert course.prepare() == mine
    before = (mine / course.START).stat().st_mtime_ns
    assert course.prepare() == mine
    assert (mine / course.START).stat().st_mtime_ns == before
    assert sorted(path.name for path in small_clone.iterdir()) == [*sorted(course.PARTS + ("my-course",))]


def test_git_ignores_the_copies() -> None:
    ignored = (ROOT / ".gitignore").read_text().split()
    assert "/my-course/" in ignored and "hopfield-course/" in ignored
    assert "/seed.txt" in ignored  # an instructor's secret
    assert {"/my-figures/", "/slides/", "/node_modules/", "/package.json", "/package-lock.json"} <= {*ignored}


def test_elsewhere_the_copy_is_hopfield_course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(course, "clone", lambda: None)
    monkeypatch.chdir(tmp_path)
    assert course.place(None) == tmp_path / "hopfield-course"


def test_within_a_copy_that_copy_is_opened(
    small_clone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = course.prepare(str(tmp_path / "mine"))
    monkeypatch.chdir(mine / "notebooks")
    assert course.prepare() == mine
    assert course.prepare("other") == mine / "notebooks/other"


def test_authors_open_the_originals(small_clone: Path, capsys) -> None:
    before = names(small_clone)
    assert course.prepare(here=True) == small_clone
    assert f"The originals are in {small_clone}" in capsys.readouterr().out
    assert names(small_clone) == before


def test_without_a_clone_there_are_no_originals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(course, "clone", lambda: None)
    with pytest.raises(SystemExit, match="--here opens the originals in a clone"):
        course.main(["--here"])


@pytest.mark.parametrize("words", [["--here", "mine"], ["--here", "--update"], ["--here", "--copy-only"]])
def test_the_originals_are_not_copied_or_updated(words: list[str], capsys) -> None:
    with pytest.raises(SystemExit, match="2"):
        course.main(words)
    assert "--here opens the originals" in capsys.readouterr().err


@pytest.mark.parametrize("folder", [".", "notebooks", "exercises/mine"])
def test_a_copy_does_not_lie_among_the_originals(folder: str, small_clone: Path) -> None:
    before = names(small_clone)
    with pytest.raises(SystemExit, match="holds the originals"):
        course.main([folder])
    assert names(small_clone) == before


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SystemExit, match=r"cannot copy the course.*file[\s\S]*name a folder"):
        course.main([str(tmp_path / "file" / "mine")])


def test_a_mistyped_command_makes_no_folder(small_clone: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    for word, meant in (("gradee", "grade"), ("Review", "review"), ("slide", "slides"), ("docter", "doctor")):
        with pytest.raises(SystemExit, match=rf"no command '{word}'; did you mean `hopfield-edu {meant}`"):
            course.main([word, "--copy-only"])
    assert [path.name for path in tmp_path.iterdir()] == [small_clone.name]
    for word in ("my-work", "./gradee", "gradee", "hopfield"):  # a new folder, and one that is there
        course.main([word, "--copy-only"])
        assert (tmp_path / word / course.START).is_file()
    (tmp_path / "slide").touch()
    with pytest.raises(SystemExit, match="slide is a file; name a folder"):
        course.main(["slide"])


def test_options(small_course: Path) -> None:
    arguments = course.parse(["mine", "--update", "--port", "9000", "--no-browser", "--", "--x", "y"])
    assert arguments.folder == "mine" and arguments.update and not arguments.here
    options = course.lab_arguments(small_course, arguments)
    assert "--ServerApp.port=9000" in options
    assert "--ServerApp.open_browser=False" in options
    assert "--LabApp.default_url=/lab/tree/notebooks/00_start_here.ipynb" in options
    assert options[-2:] == ["--x", "y"]
    assert course.parse(["--ip=0.0.0.0"]).lab_options == ["--ip=0.0.0.0"]


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no root on this system")
@pytest.mark.parametrize(("user", "allowed"), [(0, True), (1000, False)])
def test_root_is_allowed_only_to_root(
    user: int, allowed: bool, small_course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: user)
    options = course.lab_arguments(small_course, course.parse([]))
    assert ("--ServerApp.allow_root=True" in options) == allowed


def test_help_tells_the_way(capsys) -> None:
    with pytest.raises(SystemExit, match="0"):
        course.main(["--help"])
    text = capsys.readouterr().out
    for word in "--no-browser --port --here --update folder my-course hopfield-course Control-C".split():
        assert word in text


def test_serves_the_course_and_stops(small_course: Path, tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "hopfield_edu.course", "mine", "--no-browser"]
    options = [f"--port={port}", "--", "--ServerApp.ip=127.0.0.1"]
    with (tmp_path / "log").open("w+") as log:
        server = subprocess.Popen(
            [*command, *options],
            cwd=tmp_path,
            env=isolated(tmp_path / "home"),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            up = answers(f"http://127.0.0.1:{port}/login", server, 60)
            shown = (tmp_path / "log").read_text()
            assert up, shown
            token = shown.split("token=")[1].split()[0]
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/lab?token={token}") as page:
                text = page.read().decode()
            assert "JupyterLab" in text
            assert '"@jupyterlab/apputils-extension:announcements"' in text  # a disabled extension
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(30)
    assert f"http://127.0.0.1:{port}/lab" in shown
    assert "/lab/tree/notebooks/00_start_here.ipynb" in shown or not (ROOT / course.START).exists()


def test_the_wheel_carries_the_course(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    carried = tmp_path / "site/hopfield_edu/_course"
    here = [path for part in course.PARTS for path in ROOT.glob(f"{part}/**/*.ipynb")]
    wanted = sorted(p.relative_to(ROOT).as_posix() for p in here if "._" not in p.as_posix())
    assert [n for n in names(carried) if n.endswith(".ipynb")] == [
        name for name in wanted if ".ipynb_checkpoints" not in name
    ]
    assert (tmp_path / "site/hopfield_edu/py.typed").exists()
    settings = sorted((tmp_path / "site/hopfield_edu/_lab/labconfig").iterdir())
    assert [path.name for path in settings] == ["default_setting_overrides.json", "page_config.json"]
    script = "from hopfield_edu import course; print(course.clone(), course.prepare('mine'))"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path / "site")},
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.splitlines()[-1] == f"None {tmp_path / 'mine'}"
    assert names(tmp_path / "mine") == [".hopfield-edu.json", *names(carried)]
