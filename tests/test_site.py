"""What of the site needs neither Sphinx nor JupyterLite: lock, wheel, folded notebooks, command.

The whole site is built and opened in a browser by `tests/browser/test_site.py`.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zipfile
from pathlib import Path

import pytest
import yaml

from hopfield_edu import _record, explore, glossary
from hopfield_edu._site import book, command, lite, packages

ROOT = Path(__file__).resolve().parents[1]
LOCK = {"info": {"version": "1"}, "packages": {"numpy": {"name": "numpy", "file_name": "numpy-2.whl"}}}
HOST = "HTTPS://ELSEWHERE"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return packages.course_wheel(ROOT, tmp_path_factory.mktemp("wheel"))


def test_the_slim_wheel_holds_the_library_and_its_data_but_no_course(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "hopfield_edu/data/photograph.png" in names and "hopfield_edu/explore/svg.js" in names
    assert not [name for name in names if name.endswith(".ipynb") or "_course" in name]
    mark = wheel.name.split("-")[2]
    assert mark == "1" + hashlib.sha256(wheel.read_bytes()).hexdigest()[:12]


def test_the_lock_knows_our_wheel_and_where_the_others_are(wheel: Path) -> None:
    here = packages.with_course(LOCK, [wheel], None)["packages"]
    there = packages.with_course(LOCK, [wheel], HOST)["packages"]
    assert here["numpy"]["file_name"] == "numpy-2.whl"
    assert there["numpy"]["file_name"] == f"{HOST}/numpy-2.whl"
    assert LOCK["packages"]["numpy"]["file_name"] == "numpy-2.whl"  # the given one is left alone
    for known in (here, there):
        ours = known[packages.COURSE]
        assert ours["file_name"] == wheel.name and ours["imports"] == ["hopfield_edu"]
        assert ours["sha256"] == hashlib.sha256(wheel.read_bytes()).hexdigest()
    assert "scipy" in there[packages.COURSE]["depends"] and "scipy" not in here[packages.COURSE]["depends"]


def test_the_page_loads_what_is_put_beside_it() -> None:
    settings = lite.page()["jupyter-config-data"]["litePluginSettings"]
    (kernel,) = settings.values()
    assert kernel["disablePyPIFallback"] and kernel["loadPyodideOptions"]["packages"] == [packages.COURSE]
    addresses = [kernel["pyodideUrl"], kernel["loadPyodideOptions"]["lockFileURL"]]
    assert all(address.startswith("./static/pyodide/") for address in addresses)


def test_each_explorer_has_a_page_and_a_notebook() -> None:
    names = list(book.explorers())
    assert {"painter", "two_units", "crosstalk"} <= set(names) <= set(explore.__all__)
    notebooks = dict(lite.explorers())
    assert set(notebooks) == {f"explorers/{name}.ipynb" for name in names}
    (cell,) = json.loads(notebooks["explorers/painter.ipynb"])["cells"]
    assert cell["source"].endswith("explore.painter()")


def code(*outputs: dict, hidden: bool = False) -> dict:
    metadata = {"jupyter": {"outputs_hidden": True}} if hidden else {}
    return {"cell_type": "code", "metadata": metadata, "source": "", "outputs": list(outputs)}


def shown(**data: str) -> dict:
    return {"output_type": "display_data", "data": {k.replace("_", "/"): v for k, v in data.items()}}


def test_a_readable_notebook_folds_outcomes_and_keeps_descriptions(tmp_path: Path) -> None:
    dots = base64.b64encode(b"dots").decode()
    image = f'<img alt="a heart" width="3" src="data:image/png;base64,{dots}">'
    cells = [
        code(shown(image_png=dots, text_html=image, text_plain="a heart")),
        code(shown(text_plain="the outcome"), shown(text_plain=book.FOLDED), hidden=True),
        code(shown(text_plain="a result")),
        {"cell_type": "markdown", "metadata": {}, "source": "# Title\n\ntext"},
    ]
    (tmp_path / "pictures").mkdir()
    book.readable({"cells": cells}, "../", tmp_path / "pictures")
    (picture,) = (tmp_path / "pictures").iterdir()
    assert picture.read_bytes() == b"dots"
    data = cells[0]["outputs"][0]["data"]
    assert 'alt="a heart"' in data["text/html"] and f'src="../pictures/{picture.name}"' in data["text/html"]
    assert "base64" not in json.dumps(cells) and "image/png" not in data
    assert len(cells[1]["outputs"]) == 1 and "hide-output" in cells[1]["metadata"]["tags"]
    assert cells[1]["metadata"]["mystnb"]["code_prompt_show"] == book.SUMMARY
    assert "tags" not in cells[0]["metadata"] and "tags" not in cells[2]["metadata"]


def test_terms_lead_to_the_glossary_and_it_leads_back() -> None:
    words = "**Terms.** cue (D: Hinweisreiz) · no term · interaction function\n$F$.\n\n**Exercises:** cue"
    told = book.to_glossary(words, "../")
    row = "../notebooks/A3_glossary.html#english"
    assert told == (
        f'**Terms.** <a href="{row}-cue">cue</a> (D: Hinweisreiz) · no term · '
        f'<a href="{row}-interaction-function-f">interaction function $F$</a>.\n\n**Exercises:** cue'
    )
    table = glossary.table()._repr_html_()
    assert all(f'<tr id="{term.anchor}">' in table for term in glossary.terms())
    link = '<a href="05_storing_one_pattern.ipynb#Hebb&#x27;s-idea">05</a>'
    assert link in table
    assert book.LINK.sub(book._to_page, link) == '<a href="05_storing_one_pattern.html#hebb-s-idea">05</a>'


def test_links_to_elsewhere_are_looked_up_every_week_and_block_nothing() -> None:
    text = (ROOT / ".github" / "workflows" / "site.yml").read_text(encoding="utf-8")
    jobs = yaml.safe_load(text)["jobs"]
    job = jobs["links"]
    assert "schedule:" in text and "schedule" in job["if"] and job["continue-on-error"] is True
    assert all("links" not in str(other.get("needs", "")) for other in jobs.values())
    words = next(step["run"] for step in job["steps"] if "--only links" in step.get("run", "")).split()
    assert command.parse(words[2:]).only == "links"


def test_an_anchor_is_jupyterlab_s() -> None:
    assert book.slug("One unit at a time +") == "One-unit-at-a-time-+"


def test_a_folder_of_somebody_s_is_not_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "thesis.txt").write_text("all of it")
    monkeypatch.setattr(command, "NEEDED", ())
    with pytest.raises(SystemExit, match="holds something other than a site"):
        command.main([str(tmp_path)])
    assert (tmp_path / "thesis.txt").read_text() == "all of it"


def test_what_is_not_installed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "NEEDED", ("no_such_module",))
    with pytest.raises(SystemExit, match=r"not installed: no_such_module.*\[site\]"):
        command.main([str(tmp_path / "new")])


def test_a_missing_npm_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ValueError, match="fetched with npm, which is not installed"):
        packages.npm("mathjax", tmp_path)


def test_in_a_browser_the_record_lies_on_the_drive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_record.sys, "platform", "emscripten")
    monkeypatch.setattr(_record, "DRIVE", tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(_record.AUTHOR, raising=False)
    _record.note("quiz", name="x")
    assert (tmp_path / "record.jsonl").read_text().count("\n") == 1
    monkeypatch.setattr(_record, "DRIVE", tmp_path / "none")
    assert _record.folder() is None
