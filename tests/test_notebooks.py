"""Guards round the notebooks; nbval, which runs beside this file, compares their outputs.

nbval never looks at a cell that was not executed, and pictures are not compared: what it cannot
see is asserted here. All tests collect whatever chapters there are.
"""

import ast
import json
import re
import shutil
from base64 import b64encode
from copy import deepcopy
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import form
import nbformat
import pytest

import notebooks as tool

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted(ROOT.glob("notebooks/*.ipynb"))
APPENDICES = [path for path in NOTEBOOKS if tool.is_appendix(path)]
CHAPTERS = [path for path in NOTEBOOKS if not tool.is_appendix(path)]
SOLUTIONS = sorted(ROOT.glob("solutions/*/*.ipynb"))
EXERCISES = sorted(ROOT.glob("exercises/*/*.ipynb"))

# Cells whose output nbval must not compare, by notebook. Every one needs a good reason.
NOT_COMPARED: dict[str, int] = {}


def each(paths: list[Path]) -> pytest.MarkDecorator:
    """Run a test for each notebook."""
    return pytest.mark.parametrize("path", paths, ids=[f"{p.parent.name}/{p.stem}" for p in paths])


def markdown(path: Path) -> str:
    """All prose of a notebook."""
    cells = tool.read(path).cells
    return "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


# ------------------------------------------------------------------ built as they should be


@each(NOTEBOOKS + SOLUTIONS)
def test_is_built(path: Path) -> None:
    """Executed in order, without error or warning, formatted, normalised, with the right clock."""
    assert not tool.problems(path)


@each(NOTEBOOKS + SOLUTIONS + EXERCISES)
def test_is_a_valid_notebook(path: Path) -> None:
    nbformat.validate(json.loads(path.read_text(encoding="utf-8")))


def test_outputs_that_are_not_compared_are_counted() -> None:
    found = {}
    for path in NOTEBOOKS + SOLUTIONS:
        cells = [cell for cell in tool.read(path).cells if cell.cell_type == "code"]
        tags = [tag for cell in cells for tag in cell.metadata.get("tags", [])]
        marks = sum("NBVAL_" in cell.source for cell in cells)
        marks += sum(tag.startswith(("nbval-", "raises-exception")) for tag in tags)
        found |= {tool.shown(path): marks} if marks else {}
    assert found == NOT_COMPARED


# ------------------------------------------------------------------ the shape of a chapter

PARTS = {
    "a title": r"\A# \S",
    "objectives": r"(?i)^(#+ |\*\*|<).*\b(objectives|you will be able to|you can)\b",
    "prerequisites": r"(?i)^(#+ |\*\*|<\w.*>)prerequisites?\b",
    "its time": r"^\*\*Time:\*\* about \d+ min",
    "a quick quiz": r"(?im)^## .*\bquiz\b",
    "a recap": r"(?i)^## .*\brecap\b",
    "sources": r"(?i)^(#+ |\*\*)sources?\b",
}


@each(CHAPTERS)
@pytest.mark.parametrize("part", PARTS)
def test_a_chapter_has(part: str, path: Path) -> None:
    assert re.search(PARTS[part], markdown(path), re.MULTILINE), f"{path.name} lacks {part}"


@each(APPENDICES)
@pytest.mark.parametrize("part", ["a title", "sources"])
def test_an_appendix_has(part: str, path: Path) -> None:
    assert re.search(PARTS[part], markdown(path), re.MULTILINE), f"{path.name} lacks {part}"


@each(APPENDICES)
def test_an_appendix_has_no_clock(path: Path) -> None:
    assert not tool.TIME_LINE.search(markdown(path))
    assert not tool.CLOCK.search(markdown(path))


@each(CHAPTERS)
def test_a_chapter_links_to_its_exercises(path: Path) -> None:
    link = f"../exercises/{path.stem}/{path.stem}.ipynb"
    wanted = (ROOT / "solutions" / path.stem).exists()
    assert (link in markdown(path)) == wanted


@each(NOTEBOOKS + SOLUTIONS + EXERCISES)
def test_links_lead_somewhere(path: Path) -> None:
    for target, anchor in re.findall(r"\]\(([^)#\s]*)(?:#([^)\s]+))?\)", markdown(path)):
        if ":" in target:
            continue
        linked = path.parent / target if target else path
        assert linked.exists(), f"{tool.shown(path)} links to {target}"
        if anchor and linked.suffix == ".ipynb":
            titles = re.findall(r"^#{1,4} (.+)$", markdown(linked), re.MULTILINE)
            anchors = [title.strip().replace(" ", "-") for title in titles]
            assert unquote(anchor) in anchors, f"{tool.shown(path)} links to {target}#{anchor}"


@each(SOLUTIONS)
def test_a_solution_has_answers_and_checks(path: Path) -> None:
    cells = [cell for cell in tool.read(path).cells if "nbgrader" in cell.metadata]
    kinds = [cell.metadata["nbgrader"] for cell in cells]
    assert any(kind["solution"] for kind in kinds)
    assert sum(kind.get("points", 0) for kind in kinds) > 0
    assert len({kind["grade_id"] for kind in kinds}) == len(kinds)
    for cell in cells:
        assert ("BEGIN SOLUTION" in cell.source) <= cell.metadata["nbgrader"]["solution"]


# ------------------------------------------------------------------ figures come from `plots`

DRAWING = {"annotate", "axhline", "axvline", "bar", "barh", "contour", "contourf", "errorbar", "fill_between"}
DRAWING |= {"hist", "hlines", "imshow", "legend", "loglog", "pcolormesh", "plot", "quiver", "scatter"}
DRAWING |= {"semilogx", "semilogy", "stairs", "text", "vlines"}


@each(CHAPTERS)
def test_a_chapter_draws_with_plots_and_not_by_hand(path: Path) -> None:
    code = [cell.source for cell in tool.read(path).cells if cell.cell_type == "code"]
    for node in (node for source in code for node in ast.walk(ast.parse(source))):
        assert not (isinstance(node, ast.ImportFrom | ast.Import) and "matplotlib" in ast.unparse(node))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            own = {"x", "by"} & {keyword.arg for keyword in node.keywords}  # a Sweep draws with `plots`
            by_hand = node.func.attr in DRAWING and ast.unparse(node.func.value) != "plots"
            assert own or not by_hand, f"{path.name}: {ast.unparse(node)}"


# ------------------------------------------------------------------ what cannot be seen is said


class Images(HTMLParser):
    """The attributes of the images, sounds and drawings in a piece of HTML."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.images: list[dict[str, str | None]] = []
        self.others: list[dict[str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.images.append(dict(attrs))
        elif tag in ("audio", "video", "svg", "canvas", "iframe"):
            self.others.append(dict(attrs))


def bundles(path: Path) -> list[nbformat.NotebookNode]:
    """The outputs of a notebook that come in several forms."""
    cells = [cell for cell in tool.read(path).cells if cell.cell_type == "code"]
    return [output for cell in cells for output in cell.outputs if "data" in output]


@each(CHAPTERS + SOLUTIONS)
def test_every_picture_comes_with_an_alt_text_that_arrives(path: Path) -> None:
    for output in bundles(path):
        pictures = {kind: data for kind, data in output.data.items() if kind.startswith("image/")}
        if pictures:  # JupyterLab and nbconvert show the HTML, and give the picture itself no alt text
            (image,) = Images(output.data["text/html"]).images
            assert pictures.keys() == {"image/png"}
            assert image["src"] == "data:image/png;base64," + pictures["image/png"].strip()
            assert image["alt"] == output.metadata["image/png"]["alt"]


@each(CHAPTERS + SOLUTIONS)
def test_everything_seen_or_heard_is_described_in_words(path: Path) -> None:
    prose = Images(re.sub(r"```.*?```|`[^`\n]*`", "", markdown(path), flags=re.DOTALL))
    found = [Images(output.data.get("text/html", "")) for output in bundles(path)] + [prose]
    alts = [image.get("alt") or "" for part in found for image in part.images]
    alts += re.findall(r"!\[([^\]]*)\]\(", markdown(path))
    alts += [other.get("aria-label") or "" for part in found for other in part.others]
    for alt in alts:
        assert len(alt) > 10 and not re.search(r"[$\\]", alt), f"{path.name}: {alt!r}"


def test_nbval_compares_the_alt_text_of_a_picture_but_not_its_dots(request: pytest.FixtureRequest) -> None:
    from nbval.plugin import get_sanitize_patterns

    file = Path(request.config.option.nbval_sanitize_with)
    patterns = get_sanitize_patterns(file.read_text(encoding="utf-8"))

    def compared(alt: str, width: int, picture: bytes) -> str:
        source = f"data:image/png;base64,{b64encode(picture).decode()}"
        text = f'before <img alt="{alt}" width="{width}" style="height: auto" src="{source}"> after'
        for pattern, new in patterns:
            text = re.sub(pattern, new, text)
        return text

    assert compared("a line", 100, b"one picture") == compared("a line", 120, b"another!")
    assert compared("a line", 100, b"one picture") == 'before <img alt="a line"> after'


# ------------------------------------------------------------------ the exercises


@each(SOLUTIONS)
def test_exercises_open_with_their_one_idea(path: Path) -> None:
    title, idea, *_ = tool.read(path).cells[0].source.split("\n\n")
    assert title.startswith("# Exercises: ") and idea.startswith("**One idea:** ")
    assert "Do not change an array that your function is given" in tool.read(path).cells[0].source


def test_exercises_are_the_release_of_the_solutions() -> None:
    assert not tool.release_problems()


@each(EXERCISES)
def test_an_exercise_leaks_nothing(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"(BEGIN|END) (SOLUTION|HIDDEN TESTS|MARK SCHEME)", text)
    for cell in tool.read(path).cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None


def checks(source: str) -> list[str]:
    """The feedback checks that a cell calls (hints are none)."""
    calls = [node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    names = [ast.unparse(call) for call in calls]
    found = re.findall(r"^feedback\.(\w+)$", "\n".join(names), re.MULTILINE)
    return [name for name in found if name != "progress"]  # the card at the end judges nothing


@pytest.mark.every(8)
@each(EXERCISES)
def test_an_untouched_exercise_runs_and_says_so(path: Path, tmp_path: Path) -> None:
    """ "Restart and run all" finishes, and each check answers *not attempted*."""
    notebook = tool.execute(tool.read(path), tmp_path)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert any(checks(cell.source) for cell in cells)
    for cell in cells:
        shown = "\n".join(o.get("data", {}).get("text/plain", "") for o in cell.outputs)
        for name in checks(cell.source):
            assert f"{name}: not attempted" in shown, cell.source
    found = tool.output_problems(path, notebook)
    assert not [line for line in found if "an error" in line or "a warning" in line]


# ------------------------------------------------------------------ the chapter list


def test_the_chapter_list_in_the_readme_is_the_one_of_the_notebooks() -> None:
    assert not tool.readme_problems()


# ------------------------------------------------------------------ the tool


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one new chapter in it, for copying."""
    folder = tmp_path_factory.mktemp("made")
    for name in ("pyproject.toml", "nbgrader_config.py"):
        (folder / name).write_bytes((ROOT / name).read_bytes())
    (folder / "README.md").write_text("<!-- chapters -->\n<!-- /chapters -->\n")
    ignored = shutil.ignore_patterns("__pycache__", "_course")
    shutil.copytree(ROOT / "hopfield_edu", folder / "hopfield_edu", ignore=ignored)  # with the new questions
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tool, "ROOT", folder)
        patch.setenv("PYTHONPATH", str(folder))
        assert tool.main(["new", "07_many_words"]) == 0
    return folder


@pytest.fixture
def made(made_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one new chapter in it."""
    shutil.copytree(made_once, tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr(tool, "ROOT", tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return tmp_path


@pytest.mark.slow
def test_a_new_chapter_passes_all_checks_and_builds_to_the_same_bytes(made: Path) -> None:
    files = [made / "notebooks/07_many_words.ipynb"]
    files += [made / "solutions/07_many_words/07_many_words.ipynb"]
    assert tool.main(["release"]) == 0
    files += [made / "exercises/07_many_words/07_many_words.ipynb"]
    before = [path.read_bytes() for path in files]
    assert tool.main(["build"]) == 0
    assert tool.main(["release"]) == 0
    assert [path.read_bytes() for path in files] == before
    assert tool.main(["check"]) == 0
    prose = markdown(files[0])
    assert all(re.search(pattern, prose, re.MULTILINE) for pattern in PARTS.values())
    assert "| 07 [Many words: what happens when ...?](notebooks/" in (made / "README.md").read_text()
    with pytest.raises(SystemExit, match="exists: nothing written"):
        tool.main(["new", "07_many_words"])


def test_a_new_chapter_has_the_form(made: Path) -> None:
    notebook = tool.read(made / "notebooks/07_many_words.ipynb")
    assert form.problems(notebook) == []
    assert [text for level, text in form.headings(notebook) if level == 2][1] == "A second look +"
    assert "(core: " in tool.minutes(notebook)


def test_check_holds_the_form_of_re_edited_chapters(
    made: Path, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    path = made / "notebooks/07_many_words.ipynb"
    notebook = tool.read(path)
    notebook.cells[0].source += "\n\n" + "word " * 91
    path.write_bytes(tool.as_bytes(tool.finished(notebook, path)))
    assert tool.main(["check", str(path)]) == 0
    monkeypatch.setattr(form, "RE_EDITED", ("07_many_words",))
    assert tool.main(["check", str(path)]) == 1
    assert "words with nothing to look at or do" in capsys.readouterr().err
    monkeypatch.setattr(form, "WIDEST_CODE", 30)
    assert tool.main(["check", str(path)]) == 1
    assert "characters, more than 30" in capsys.readouterr().err
    monkeypatch.setattr(form, "WIDEST_CODE", 72)
    solutions = made / "solutions/07_many_words/07_many_words.ipynb"
    assert tool.main(["check", str(solutions)]) == 0  # the exercises have a form of their own


def test_re_edited_chapters_exist() -> None:
    assert set(form.RE_EDITED) <= {path.stem for path in CHAPTERS}


def test_the_longest_sentences_are_listed_and_condemn_nobody(made: Path, capsys) -> None:
    path = made / "notebooks/07_many_words.ipynb"
    before = path.read_bytes()
    capsys.readouterr()
    assert tool.main(["sentences", str(path)]) == 0
    first, *lines = capsys.readouterr().out.splitlines()
    assert first == "notebooks/07_many_words.ipynb"
    lengths = [int(line.split()[0]) for line in lines]
    assert lengths == sorted(lengths, reverse=True) and len(lengths) == 10
    assert path.read_bytes() == before


def test_a_new_appendix_is_a_page_to_look_things_up(made: Path) -> None:
    assert tool.main(["new", "A7_many_words"]) == 0
    path = made / "notebooks/A7_many_words.ipynb"
    prose = markdown(path)
    assert re.search(PARTS["a title"], prose) and re.search(PARTS["sources"], prose, re.MULTILINE)
    assert not tool.TIME_LINE.search(prose)
    assert not (made / "solutions/A7_many_words").exists()
    readme = (made / "README.md").read_text()
    assert "To look things up: [Many words](notebooks/A7_many_words.ipynb)." in readme
    assert "| A7" not in readme
    assert tool.main(["check", str(path)]) == 0


def test_check_finds_what_is_wrong(made: Path, capsys) -> None:
    path = made / "notebooks/07_many_words.ipynb"
    notebook = tool.read(path)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    code[0].execution_count = None
    code[1].source = "print( 'a' )"
    code[1].outputs = [
        nbformat.v4.new_output("error", ename="ValueError", evalue="no", traceback=[]),
        nbformat.v4.new_output("stream", name="stderr", text="old"),
    ]
    path.write_bytes(tool.as_bytes(notebook))
    assert tool.main(["check", str(path)]) == 1
    found = capsys.readouterr().err
    for part in ("never executed", "an error: ValueError", "a warning: 'old'", "not as"):
        assert part in found


def test_a_cell_that_fails_leaves_the_file_alone(made: Path, capsys) -> None:
    path = made / "notebooks/07_many_words.ipynb"
    notebook = tool.read(path)
    notebook.cells.append(nbformat.v4.new_code_cell("1 / 0"))
    path.write_bytes(tool.as_bytes(notebook))
    before = path.read_bytes()
    assert tool.main(["build", str(path)]) == 1
    assert "ZeroDivisionError" in capsys.readouterr().err
    assert path.read_bytes() == before


def a_notebook(*sources: str) -> nbformat.NotebookNode:
    cells = [nbformat.v4.new_markdown_cell(source) for source in sources]
    return nbformat.v4.new_notebook(cells=cells)


def test_the_clock_counts_what_a_learner_does() -> None:
    notebook = a_notebook("# Title", "## One\n\n" + "word " * 359, "## Two\n\n```\n## no\n```")
    picture = nbformat.v4.new_output("display_data", data={"image/png": "", "text/plain": "fig"})
    code = nbformat.v4.new_code_cell("a = 1\nb = 2", outputs=[picture])
    code.execution_count = 1
    notebook.cells.append(code)
    tool.set_clock(notebook)
    first, one, two, _ = (cell.source for cell in notebook.cells)
    assert first == "# Title\n\n**Time:** about 3 min"  # 363 words, 2 lines, a picture, a run
    assert one.startswith("## One\n\n<small>0 min in</small>\n\nword")
    assert two == "## Two\n\n<small>2 min in</small>\n\n```\n## no\n```"
    again = [cell.source for cell in tool.set_clock(notebook).cells]
    assert again == [first, one, two, code.source]


def test_the_time_of_the_core_is_told_where_there_is_more() -> None:
    notebook = a_notebook("# Title", "## One\n\n" + "word " * 360, "## Two +\n\n" + "word " * 179, "## End")
    tool.set_clock(notebook)
    assert tool.minutes(notebook) == "4 min (core: 3 min)"
    before = [cell.source for cell in notebook.cells]
    assert [cell.source for cell in tool.set_clock(notebook).cells] == before
    notebook.cells[2].source = notebook.cells[2].source.replace("Two +", "Two")
    assert tool.minutes(tool.set_clock(notebook)) == "4 min"


def test_what_is_folded_counts_nowhere() -> None:
    folded = "<details><summary>Sources</summary>\n\n" + "word " * 179 + "\n\n</details>"
    one, two = "## One\n\n" + "word " * 360, "## Two +\n\n" + "word " * 179
    notebook = tool.set_clock(a_notebook("# Title", one, folded, two, folded, "## End"))
    assert tool.minutes(notebook) == "4 min (core: 3 min)"
    assert "<small>2 min in</small>" in notebook.cells[3].source  # what is marked with + takes the minute
    assert "<small>3 min in</small>" in notebook.cells[5].source  # that the core is shorter by


def test_code_counts_nearly_alike_however_it_is_broken_into_lines() -> None:
    wide, narrow = "a = first(one, two, three)", "a = first(\n    one,\n\n    two,\n    three,\n)"
    assert tool.code_lines(wide) == len(wide) / tool.LINE
    assert 0.9 < tool.code_lines(narrow) / tool.code_lines(wide) < 1.1


def test_the_core_of_exercises_leaves_out_those_that_are_marked() -> None:
    """A heading `## Exercise 2: title +` marks what is below it, answers in Markdown too."""
    notebook = a_notebook(
        "# Exercises", "## Exercise 1: a", "write", "## Exercise 2: b +", "write", "## Sources"
    )
    for cell, tags in [(notebook.cells[2], []), (notebook.cells[4], ["about-20-min"])]:
        cell.metadata = nbformat.from_dict({"nbgrader": {"solution": True}, "tags": tags})
    code = nbformat.v4.new_code_cell(
        "y = 0", metadata={"nbgrader": {"solution": True}, "tags": ["about-8-min"]}
    )
    for place, core in [(3, 14), (5, 6)]:  # in exercise 1, then in exercise 2
        cells = [*notebook.cells[:place], code, *notebook.cells[place:]]
        changed = nbformat.from_dict(notebook | {"cells": cells})
        assert tool.minutes(tool.set_clock(changed)) == f"34 min (core: {core} min)"


def test_check_wants_the_mark_of_an_exercise_at_its_end(made: Path) -> None:
    path = made / "solutions/07_many_words/07_many_words.ipynb"
    notebook = tool.read(path)
    heading = "## Exercise 1: what stays"
    cell = next(cell for cell in notebook.cells if heading in cell.source)
    cell.source = cell.source.replace(heading, "## Exercise 1 +: what stays")
    path.write_bytes(tool.as_bytes(notebook))
    assert any("'Exercise 1 +: what stays'" in line for line in tool.problems(path))


def test_the_time_stands_where_the_chapter_says_it() -> None:
    """What moves comes first: the line may stand in a later cell, and no second one is written."""
    notebook = a_notebook("# Title", "**Time:** about 0 min\n\n" + "word " * 176, "## One", "## Two")
    tool.set_clock(notebook)
    title, line, one, _ = (cell.source for cell in notebook.cells)
    assert title == "# Title"
    assert line.startswith("**Time:** about 1 min\n\nword")
    assert one == "## One\n\n<small>1 min in</small>"
    assert tool.minutes(notebook) == "1 min"


def test_a_single_part_needs_no_clock() -> None:
    for text in ("## One", "## One\n\n<small>9 min in</small>\n\nmore"):
        alone = tool.set_clock(a_notebook("# Title", text)).cells[1].source
        assert alone == text.replace("\n\n<small>9 min in</small>", "")


def test_the_clock_knows_explorers_predictions_quizzes_and_hidden_code() -> None:
    def seconds(source: str, text: str = "", **metadata: object) -> float:
        source += " " * (tool.LINE - len(source) - 1) + "#" if source.isprintable() else ""  # a full line
        shown = nbformat.v4.new_output("display_data", data={"text/plain": text})
        cell = nbformat.v4.new_code_cell(source, outputs=[shown], metadata=metadata)
        return tool.code_seconds(cell) - tool.PER_RUN

    assert seconds("explore.two_units()") == 6 + 120
    assert seconds("guess.reveal(3)") == 6 + 45
    assert seconds("quiz.chapter_02()", "1. Which?\n  a) x\n2. Why?") == 6 + 2 * 40
    assert seconds("x = 1", jupyter={"source_hidden": True}) == 0
    assert seconds("x = 1", nbgrader={"solution": True}) == 300 - tool.PER_RUN
    assert seconds("x = 1", nbgrader={"solution": True}, tags=["about-12-min"]) == 720 - tool.PER_RUN
    assert (
        seconds("### BEGIN HIDDEN TESTS\nassert x\n### END HIDDEN TESTS\n" + "x" * tool.LINE) == 6
    )  # no learner reads them


def test_normal_form() -> None:
    widget = {"application/vnd.jupyter.widget-view+json": {"model_id": "x"}}
    outputs = [
        nbformat.v4.new_output("display_data", data=widget),
        nbformat.v4.new_output("stream", name="stdout", text="a"),
        nbformat.v4.new_output("stream", name="stdout", text="b\n"),
        nbformat.v4.new_output("display_data", data=widget | {"text/plain": "static"}),
    ]
    metadata = {"tags": ["keep"], "execution": {"iopub.busy": "now"}, "jupyter": {"outputs_hidden": True}}
    cells = [nbformat.v4.new_code_cell("1", outputs=deepcopy(outputs), metadata=metadata) for _ in "ab"]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"widgets": {}})
    cells[0].id = cells[1].id = "same"
    first, second = tool.normalise(notebook).cells
    assert notebook.metadata == tool.KERNEL
    assert first.id == "same"
    assert re.fullmatch(r"[0-9a-f]{8}", second.id)
    assert first.metadata == {"tags": ["keep"], "jupyter": {"outputs_hidden": True}}
    assert [o.get("text", o.get("data")) for o in first.outputs] == ["ab\n", {"text/plain": "static"}]


def test_every_row_of_a_table_has_the_cells_of_its_head() -> None:
    """A bare bar, as in $|w|$, would start a new cell; then the page shows the table as one line of text."""
    rows, bar = 0, re.compile(r"(?<!\\)\|")
    for path in NOTEBOOKS + SOLUTIONS:
        for table in re.findall(r"^\|.*\n\|[-:| ]+\|\n(?:\|.*(?:\n|$))+", markdown(path), re.MULTILINE):
            wanted, *found = (len(bar.findall(row)) for row in table.splitlines())
            assert set(found) == {wanted}, f"{path.name}: {table[:80]}"
            rows += len(found)
    assert rows > 100
