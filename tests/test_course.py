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
    for name in (
        "notebooks/00_start_here.ipynb",
        "notebooks/.ipynb_checkpoints/old.ipynb",
        "exercises/02_x/02_x.ipynb",
        "solutions/02_x/02_x.ipynb",
        "elsewhere/secret.txt",
    ):
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(name)
    return source


def names(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.glob("**/*") if p.is_file())


COPIED = ["exercises/02_x/02_x.ipynb", "notebooks/00_start_here.ipynb", "solutions/02_x/02_x.ipynb"]


def test_copies_the_course_and_nothing_else(small_course: Path, tmp_path: Path) -> None:
    added, kept = course.copy_course(small_course, tmp_path / "mine")
    assert names(tmp_path / "mine") == COPIED
    assert sorted(path.as_posix() for path in added) == COPIED
    assert kept == []


def test_never_overwrites_a_file(small_course: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    course.copy_course(small_course, mine)
    (mine / COPIED[0]).write_text("my work")
    (mine / COPIED[2]).unlink()
    added, kept = course.copy_course(small_course, mine)
    assert [path.as_posix() for path in added] == [COPIED[2]]
    assert sorted(path.as_posix() for path in kept) == COPIED[:2]
    assert (mine / COPIED[0]).read_text() == "my work"


def test_says_what_it_did(
    small_course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    monkeypatch.setattr(course, "clone", lambda: small_course)
    assert course.prepare(str(tmp_path / "mine")) == tmp_path / "mine"
    assert "3 files added" in capsys.readouterr().out
    course.prepare(str(tmp_path / "mine"))
    assert "3 files were there already and stay as they are" in capsys.readouterr().out


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SystemExit, match=r"cannot copy the course.*file"):
        course.main([str(tmp_path / "file" / "mine")])


def test_opens_the_clone_it_runs_from() -> None:
    assert course.prepare(None) == ROOT


def test_options(small_course: Path) -> None:
    arguments = course.parse(["mine", "--port", "9000", "--no-browser", "--", "--x", "y"])
    assert arguments.folder == "mine"
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
    for word in ("--no-browser", "--port", "folder", "hopfield-course", "Control-C", "--\n"):
        assert word.strip() in text


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
    assert names(tmp_path / "mine") == names(carried)
