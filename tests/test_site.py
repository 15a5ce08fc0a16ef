"""What of the site needs neither Sphinx nor JupyterLite: lock, wheel, folded notebooks, command.

The whole site is built and opened in a browser by `tests/browser/test_site.py`.
"""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml

from hopfield_edu import _record, explore, glossary
from hopfield_edu._site import book, command, docstrings, finish, lite, packages, pictures, sheets

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


def test_a_sheet_shows_what_its_given_cells_draw_and_nothing_that_an_answer_makes() -> None:
    picture, text = shown(image_png="dots", text_html="<img>"), shown(text_plain="42")
    sources = {
        "import": "import numpy as np",
        "given": "grid = np.ones(3)\ndraw(grid)",
        "answer": "def rate(x):\n    return None",
        "uses": "curve = rate(grid)\ndraw(curve)",
        "follows": "draw(curve.max())",
        "anew": "curve = np.ones(2)",
        "later": "draw(curve)",
        "text": "print(np.e)",
    }
    solved = [{**code(picture, text), "id": name, "source": source} for name, source in sources.items()]
    for cell in solved:
        cell["metadata"] = {"nbgrader": {"solution": cell["id"] == "answer"}}
    sheet = [{**cell, "outputs": []} for cell in solved]
    solved[-1]["outputs"] = [text]
    sheets.show_given({"cells": sheet}, {"cells": solved})
    assert [cell["id"] for cell in sheet if cell["outputs"] == [picture]] == [
        "import",
        "given",
        "anew",
        "later",
    ]
    assert [cell["id"] for cell in sheet if not cell["outputs"]] == ["answer", "uses", "follows", "text"]


def test_the_loops_that_an_exercise_speaks_of_are_drawn_and_curves_of_answers_are_not() -> None:
    drawn = {}
    for path in sorted((ROOT / "exercises").glob("*/*.ipynb")):
        sheet = json.loads(path.read_text(encoding="utf-8"))
        solutions = ROOT / "solutions" / path.relative_to(ROOT / "exercises")
        sheets.show_given(sheet, json.loads(solutions.read_text(encoding="utf-8")))
        cells = [cell for cell in sheet["cells"] if cell.get("outputs")]
        drawn[path.stem[:2]] = ["".join(cell["source"]) for cell in cells]
    assert drawn["04"] and drawn["04"][0].startswith("loops = {")
    assert not drawn["07"]  # "Look at your curve"


def test_a_docstring_becomes_restructured_text() -> None:
    words = """Of |x|: a table.

    h_i = sum_j w_ij y_j

and code

    net.recall(cue)

| rule | local? |
|---|---|
| `hebb` | yes, |w| too |

Notes
-----
H. Sompolinsky, 1986, and ``a | b``

>>> one | two""".split("\n")
    docstrings.before_napoleon(None, "module", "", None, None, words)
    text = "\n".join(words)
    assert text.startswith("Of \\|x\\|: a table.\n\n.. code-block:: text\n\n    h_i = sum_j")
    assert ".. code-block:: python\n\n    net.recall(cue)" in text
    assert "   :header-rows: 1\n\n   * - rule\n     - local?\n   * - `hebb`\n     - yes" in text
    assert (
        "---|" not in text and "\n\\H. Sompolinsky, 1986, and ``a | b``" in text and ">>> one | two" in text
    )


def test_the_first_line_of_a_property_is_no_type() -> None:
    words = ["Whether it rests: bool."]
    docstrings.before_napoleon(None, "property", "", None, None, words)
    assert ":" not in words[0]  # napoleon would take what stands before it for the type
    docstrings.after_napoleon(None, "property", "", None, None, words)
    assert words == ["Whether it rests: bool."]
    field = glossary.Term.german
    assert docstrings.says_nothing(None, "attribute", "german", field, False, None) is True
    assert docstrings.says_nothing(None, "method", "terms", glossary.terms, False, None) is None


def test_lines_are_broken_where_a_reader_would() -> None:
    page = (
        '<h1>hopfield_edu.zero_one<a class="headerlink"></a></h1>'
        '<td><span class="pre">grades/ASSIGNMENT/report.csv</span></td>'
        '<p><span class="pre">a_b.c_d</span></p>'
        '<h2>Once more +<a class="headerlink"></a></h2>'
        'so (<span class="math notranslate">\\(x\\)</span>), and <span class="math">\\(y\\)</span> is'
        '<p class="prev-next-title">hopfield_edu.zero_one</p>'
        '<dl>\n<dd><em class="sig-param">a</em>,</dd>\n<dd><em class="sig-param">b</em></dd>\n</dl>'
    )
    told = finish.finished(page)
    assert "<h1>hopfield_<wbr>edu.<wbr>zero_<wbr>one<a" in told
    assert (
        "grades/<wbr>ASSIGNMENT/<wbr>report.<wbr>csv" in told and '<span class="pre">a_b.c_d</span>' in told
    )
    assert "Once more&#160;+<a" in told and '<p class="prev-next-title">zero_one</p>' in told
    assert (
        'so <span class="hopfield-together">(<span class="math notranslate">\\(x\\)</span>),</span> and'
        in told
    )
    assert 'and <span class="math">\\(y\\)</span> is' in told


def test_a_field_has_a_dash_and_a_state_none() -> None:
    told = finish.finished('<strong>start</strong> (<em>{"--", "+-"}</em>) -- The first state, `--`')
    assert told == '<strong>start</strong> (<em>{"--", "+-"}</em>) – The first state, `--`'


def test_a_phone_gets_the_panels_of_an_explorer_above_one_another(tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    text = book._still(explore.flip_flop(), folder)
    wide = pictures.source(text).rpartition("/")[2]
    files = {path.name for path in folder.iterdir()}
    (high,) = files - {wide}
    source = text[text.index("<source") : text.index("<img")]
    assert wide in files and pictures.PHONE in source and f'srcset="../pictures/{high}"' in source


def test_an_explorer_is_known_from_its_cell_only_if_it_says_the_same() -> None:
    source = "from hopfield_edu import explore\n\nexplore.flip_flop(gain=6)"
    told = f"explore.flip_flop: {explore.flip_flop(gain=6).caption}"
    assert pictures.explorer_of(source, told).parameters["gain"] == 6
    assert pictures.explorer_of(source, f"{told} And more.") is None
    assert pictures.explorer_of("explore.transition_table(net.weights)", told) is None
    assert pictures.explorer_of("explorer = explore.flip_flop(gain=6)\nexplorer", told) is None
    painter = explore.painter()  # its picture tells of a recall that nobody has asked for yet
    told = painter.still()[0]["text/plain"]
    assert painter.caption not in told and pictures.explorer_of("explore.painter()", told) is not None


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


def test_setuptools_still_loads_after_looking_for_what_is_missing() -> None:
    """Where `pip` was looked for by importing, setuptools (and so nbgrader) can no longer be imported."""
    script = "from hopfield_edu._site import command; command.missing(); import setuptools"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


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
