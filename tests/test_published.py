"""Where the course is published: one setting, and what follows for pages, documents, Binder and Colab."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import SimpleNamespace

import addresses as documents
import pytest
from IPython.core.inputtransformer2 import TransformerManager

from hopfield_edu import _copy, course
from hopfield_edu._site import book, command, learners
from hopfield_edu._site.addresses import COPY, Addresses, read

ROOT = Path(__file__).resolve().parents[1]
PUBLISHED = Addresses("https://github.com/NAME/hopfield_edu", "https://NAME.github.io/hopfield_edu")
SET = f'Homepage = "{PUBLISHED.site}/"\nRepository = "{PUBLISHED.repository}.git"\n'
PAGE = "notebooks/00_start_here.ipynb"


def clone(folder: Path, urls: str) -> Path:
    """A small clone with these lines below [project.urls], which is empty in the true one."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    text = re.sub(r"^(\[project\.urls\]\n)[^\[]*", rf"\1{urls}\n", text, flags=re.MULTILINE)
    (folder / "notebooks").mkdir(parents=True)
    (folder / "pyproject.toml").write_text(text, encoding="utf-8")
    for name in ("README.md", "CITATION.cff", "HUB.md", PAGE):
        (folder / name).write_bytes((ROOT / name).read_bytes())
    return folder


# ------------------------------------------------------------------------------ the setting


def test_nothing_is_published_until_it_is_set(tmp_path: Path) -> None:
    assert read(clone(tmp_path / "a", "")) == Addresses()
    assert read(clone(tmp_path / "b", SET)) == PUBLISHED
    read(ROOT)  # whatever it is, it can be read
    for k, wrong in enumerate(["github.com/NAME/hopfield_edu", "https://HOST/a b", "https://HOST/<x>"]):
        with pytest.raises(ValueError, match=r"project\.urls.*https://HOST/NAME is wanted"):
            read(clone(tmp_path / f"wrong {k}", f'Repository = "{wrong}"'))


def test_links_follow_from_the_repository() -> None:
    start = "https://mybinder.org/v2/gh/NAME/hopfield_edu/HEAD?urlpath=lab%2Ftree%2Fmy-course%2Fnotebooks"
    assert PUBLISHED.binder(PAGE) == f"{start}%2F00_start_here.ipynb"
    assert PUBLISHED.colab(PAGE).endswith(f"/github/NAME/hopfield_edu/blob/learners/{PAGE}")
    assert PUBLISHED.puller(PAGE, "https://HUB").startswith(
        "https://HUB/hub/user-redirect/git-pull?repo=https%3A"
    )
    other = Addresses("https://git.HOST/NAME/hopfield_edu")
    assert "/v2/git/https%3A%2F%2Fgit.HOST%2FNAME%2Fhopfield_edu/HEAD?" in other.binder(PAGE)
    assert other.colab(PAGE) == ""
    nothing = Addresses("", "https://HOST/course")
    assert not any(
        [nothing.binder(PAGE), nothing.colab(PAGE), nothing.puller(PAGE, "x"), nothing.requirement()]
    )


@pytest.mark.parametrize("urls", ["", SET], ids=["unset", "set"])
def test_a_page_opens_elsewhere_only_if_a_repository_is_set(urls: str, tmp_path: Path) -> None:
    root, source = clone(tmp_path / "clone", urls), tmp_path / "source"
    (source / "_extra" / "pictures").mkdir(parents=True)
    book._notebooks(root, source)
    page = (source / PAGE).read_text(encoding="utf-8")
    hosts = [page.count(host) for host in ("mybinder.org", "colab.research")]
    assert hosts == ([1, 1] if urls else [0, 0])
    assert page.count("Open this chapter live") == 1


def test_the_documents_say_what_is_set(tmp_path: Path) -> None:
    for name, text in documents.documents(ROOT).items():
        assert (ROOT / name).read_text(encoding="utf-8") == text, f"run tools/addresses.py: {name}"
    root = clone(tmp_path / "clone", SET)
    said = documents.documents(root)
    assert all(address in said["README.md"] for address in (PUBLISHED.binder(PAGE), PUBLISHED.colab(PAGE)))
    assert (
        f'\nrepository-code: "{PUBLISHED.repository}"\nurl: "{PUBLISHED.site}"\nversion: '
        in said["CITATION.cff"]
    )
    assert PUBLISHED.puller(PAGE, "https://HUB") in said["HUB.md"]
    for name, text in said.items():
        (root / name).write_text(text, encoding="utf-8")
    assert documents.documents(root) == said  # twice is once
    unset = clone(tmp_path / "unset", "")
    (root / "pyproject.toml").write_bytes((unset / "pyproject.toml").read_bytes())
    assert documents.documents(root) == documents.documents(unset)
    assert "mybinder.org" not in documents.documents(root)["README.md"]


# ------------------------------------------------------------------------------ Colab


def test_the_cell_for_colab_does_nothing_here_and_installs_there(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    class Shell:
        def run_line_magic(self, name: str, line: str) -> None:
            asked.append(f"{name} {line}")

    cell = learners.install(PUBLISHED.requirement())
    code = TransformerManager().transform_cell("".join(cell["source"]))
    monkeypatch.delitem(sys.modules, "google.colab", raising=False)
    exec(code, {"get_ipython": Shell})
    assert asked == []
    monkeypatch.setitem(sys.modules, "google.colab", object())
    exec(code, {"get_ipython": Shell})
    assert asked == [f'pip install --quiet "hopfield_edu @ git+{PUBLISHED.repository}"']


def test_the_learner_s_notebooks_begin_with_it_and_are_a_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, out = clone(tmp_path / "clone", SET), tmp_path / "out"
    monkeypatch.setattr(course, "clone", lambda: root)
    monkeypatch.setattr(command, "NEEDED", ("no_such_module",))  # it needs nothing of the extra
    command.main([str(out), "--only", "learners"])
    first, *rest = json.loads((out / PAGE).read_text(encoding="utf-8"))["cells"]
    assert first["id"] == learners.NAME and first["outputs"] == []
    assert rest == json.loads(_copy.without_spoilers((ROOT / PAGE).read_bytes()))["cells"]
    assert rest != json.loads((ROOT / PAGE).read_bytes())["cells"]  # outcomes of predictions are gone
    report = _copy.update(root, out, "later")
    assert report.replaced == [PAGE] and not report.older  # nothing in it is taken for a learner's work


def test_without_a_repository_there_is_nothing_for_colab(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="set Repository in"):
        learners.build(clone(tmp_path / "clone", ""), tmp_path / "out")
    assert not (tmp_path / "out").exists()


# ------------------------------------------------------------------------------ Binder


def test_binder_installs_the_clone_in_tested_versions() -> None:
    lines = (ROOT / "binder" / "requirements.txt").read_text(encoding="utf-8").splitlines()
    constraints, package = [line for line in lines if not line.startswith("#")]
    assert (ROOT / "binder" / constraints.removeprefix("-c ")).resolve() == ROOT / "constraints.txt"
    assert package == "-e ."  # from the root, where repo2docker runs pip
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    version = (ROOT / "binder" / "runtime.txt").read_text(encoding="utf-8").strip().removeprefix("python-")
    assert f"Programming Language :: Python :: {version}" in project["classifiers"]
    assert f'"{version}"' in (ROOT / ".github/workflows/test.yml").read_text(encoding="utf-8")


def shell(script: str, folder: Path, *words: str) -> str:
    """What a script of binder/ prints in a folder, with the commands of this Python."""
    tools = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"PATH": tools, "HOME": str(folder), "JUPYTER_CONFIG_PATH": "already"}
    call = ["bash", str(ROOT / "binder" / script), *words]
    return subprocess.run(
        call, cwd=folder, env=environment, check=True, capture_output=True, text=True
    ).stdout


@pytest.mark.skipif(os.name == "nt", reason="scripts for an image of Linux")
def test_binder_makes_the_copy_that_the_links_open(tmp_path: Path) -> None:
    for script in ("postBuild", "start"):
        assert os.access(ROOT / "binder" / script, os.X_OK)
    assert "Your copy of the course" in shell("postBuild", tmp_path)
    assert (tmp_path / "my-course" / PAGE).is_file() and (tmp_path / "my-course" / _copy.MANIFEST).is_file()
    assert f"lab%2Ftree%2Fmy-course%2F{PAGE.replace('/', '%2F')}" in PUBLISHED.binder(PAGE)
    (tmp_path / "my-course" / PAGE).unlink()
    told = shell("start", tmp_path, "env")
    assert "1 file added" in told and (tmp_path / "my-course" / PAGE).is_file()
    (given,) = re.findall(r"^JUPYTER_CONFIG_PATH=(.*)$", told, re.MULTILINE)
    ours, other = given.split(os.pathsep)
    assert (Path(ours) / "labconfig" / "default_setting_overrides.json").is_file() and other == "already"


# ------------------------------------------------------------------------------ a Hub


def test_the_hub_s_settings_name_what_exists() -> None:
    text = (ROOT / "HUB.md").read_text(encoding="utf-8")
    spawner = SimpleNamespace()
    kernels = SimpleNamespace()
    for code in re.findall(r"```python\n(.*?)```", text, re.DOTALL):
        exec(code, {"c": SimpleNamespace(Spawner=spawner, MappingKernelManager=kernels)})
    start, server = spawner.cmd
    place, _, script = start.partition("/srv/hopfield_edu/")
    assert (place, server) == ("", "jupyterhub-singleuser") and os.access(ROOT / script, os.X_OK)
    assert spawner.default_url == f"/lab/tree/{COPY}/{PAGE}"
    assert kernels.cull_idle_timeout >= 1800
    for path in re.findall(r"(?:my-course|submitted/\S+)/(\S+?\.ipynb)", text):
        assert (ROOT / path).is_file() or (ROOT / "exercises" / path).is_file(), path
