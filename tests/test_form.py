"""The form of a chapter: every departure from it is found, and a chapter in that form has none."""

import re

import form
import nbformat
import pytest

FIGURE = {"image/png": "", "text/plain": "two units", "text/html": '<img alt="Two units." src="data:">'}
OBJECTIVES = "<details><summary>Objectives</summary>\n\nAfter this chapter you can\n\n1. see.\n\n</details>"
HIDDEN = {"jupyter": {"outputs_hidden": True}}


def md(source: str) -> nbformat.NotebookNode:
    return nbformat.v4.new_markdown_cell(source)


def code(source: str = "draw()", data: dict | None = None, **metadata: object) -> nbformat.NotebookNode:
    """A code cell that shows a figure, or the data given."""
    shown = nbformat.v4.new_output("display_data", data=FIGURE if data is None else data)
    return nbformat.v4.new_code_cell(source, outputs=[shown], metadata=metadata)


def chapter(*cells: nbformat.NotebookNode, start: tuple[nbformat.NotebookNode, ...] = ()) -> list[str]:
    """What is wrong with a chapter of these cells, after a first screen as it should be."""
    first = start or (md("# Title\n\nLook at this."), code(), md(OBJECTIVES))
    end = md("## Recap\n\n" + "word " * 200)
    return form.problems(nbformat.v4.new_notebook(cells=[*first, *cells, end]))


def test_a_chapter_in_this_form_has_no_problem() -> None:
    ask = nbformat.v4.new_code_cell('guess = predict.ask("07/first")\nguess')
    reveal = code("after = 1\nguess.reveal(after)", **HIDDEN)
    cells = [
        md("## One idea\n\n" + "word " * 90),
        ask,
        md("word " * 90),
        reveal,
        md("## More +\n\nword"),
        code(),
    ]
    assert chapter(*cells) == []


@pytest.mark.parametrize(
    ("start", "wanted"),
    [
        ((md("# Title"), md(OBJECTIVES), code()), "the objectives come before"),
        ((md("# Title"), code(data={"text/plain": "1"}), md(OBJECTIVES)), "neither an explorer nor a figure"),
        ((md("# Title"), code(), md("**Objectives.** After")), "are not folded"),
        ((md("# Title"), md(OBJECTIVES)), "no code cell"),
    ],
    ids=["objectives first", "nothing to see", "not folded", "no code"],
)
def test_the_first_screen(start: tuple[nbformat.NotebookNode, ...], wanted: str) -> None:
    (found,) = chapter(start=start)
    assert found.startswith("first screen") and wanted in found


def test_a_link_out_of_the_core_says_so() -> None:
    told, hidden = "[below +](#More-+)", "[below](#More-+)"
    assert chapter(md(f"## One idea\n\n{told} [other](#One-idea)"), md(f"## More +\n\n{hidden}")) == []
    (found,) = chapter(md(f"## One idea\n\n{hidden}"))
    assert found.startswith("link [below]")


def test_an_explorer_opens_a_chapter() -> None:
    still = code("explore.two_units()", data={"text/plain": "a still picture"})
    assert chapter(start=(md("# Title"), still, md(OBJECTIVES))) == []


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        (code(data={"image/png": ""}), "without alt"),
        (code(data={"image/png": "", "text/html": '<img src="data:">'}), "without alt"),
        (code(data={"text/html": "<img alt=' '>"}), "without alt"),
        (code(data={"image/png": "", "text/html": r'<img alt="with $\beta$">'}), "holds TeX"),
        (md("![](picture.svg)"), "without alt"),
        (md('<img src="picture.svg">'), "without alt"),
        (md(r"![the \beta axis](picture.svg)"), "holds TeX"),
    ],
    ids=["metadata only", "tag", "blank", "TeX", "Markdown", "tag in Markdown", "TeX in Markdown"],
)
def test_a_picture_needs_alt_text(cell: nbformat.NotebookNode, wanted: str) -> None:
    (found,) = chapter(cell)
    assert wanted in found


def test_pictures_with_alt_text() -> None:
    assert chapter(md("![a net](x.svg) <img src='y' alt='a cube'>"), code()) == []


@pytest.mark.parametrize(
    ("headings", "wanted"),
    [
        (["## Title+"], "ends in"),
        (["## Title (+)"], "ends in"),
        (["## Title (core)"], "ends in"),
        (["## Exercise 6 +: there and back"], "ends in"),
        (["## Quick quiz +", "## A"], "belongs to the core"),
        (["### Detail +", "## A"], "only a section"),
        (["## A +", "## B +"], "no section belongs to the core"),
        (["## Exercise 5: a", "## Exercise 6: there and back +", "## Exercise 7: a + b"], None),
        (["## A", "## B +", "## The sum a + b", "```\n## not one (core)\n```"], None),
    ],
)
def test_sections_are_core_or_plus(headings: list[str], wanted: str | None) -> None:
    found = chapter(*map(md, headings))
    assert len(found) == bool(wanted)
    assert wanted is None or wanted in found[0]


@pytest.mark.parametrize(
    ("cells", "count"),
    [
        ([md("## A\n\n" + "word " * 91)], 91),
        ([md("word " * 50), nbformat.v4.new_code_cell("import numpy"), md("word " * 50)], 100),
        ([md("word " * 50), code(data={"text/plain": "1"}), md("word " * 50)], 0),
        ([md("word " * 50 + "\n\n![a net](x.svg)\n\n" + "word " * 50)], 0),
        ([md("word " * 50 + "\n<details><summary>More</summary>\n\n" + "word " * 99 + "</details>")], 0),
        ([md("word " * 89 + "$a + b = c$ of $$\nx = y + z\n$$")], 91),
        ([md("half-right don't " * 40 + "[a b](http://x.y/z) <b>c</b>\n\n<small>3 min in</small>")], 0),
        (
            [md("word " * 91), nbformat.v4.new_code_cell("pass", metadata={"nbgrader": {"solution": True}})],
            91,
        ),
        ([code(), md("word " * 60 + "\n\n## Recap\n\n" + "word " * 60)], 0),
    ],
    ids=["long", "imports", "output", "picture", "folded", "formulas", "short", "exercise", "recap"],
)
def test_words_between_two_things_to_look_at_or_do(cells: list[nbformat.NotebookNode], count: int) -> None:
    found = chapter(*cells)
    assert [int(re.match(r"\d+", line)[0]) for line in found] == ([count] if count else [])


def test_the_first_screen_counts_as_a_walk() -> None:
    assert "100 words" in chapter(start=(md("# Title\n\n" + "word " * 100), code(), md(OBJECTIVES)))[0]


def test_sentences() -> None:
    text = (
        "## No sentence\n\nHopfield, J. J. wrote it. See eq. (3) and fig. 1, e.g. of $E = 1.5$. Why?\n"
        "- an item with\n  two lines\n- **Bold** one.\n\n| a | b c |\n|---|---|\n\n> Quoted text\n> goes on."
    )
    assert form.sentences(text) == [
        "Hopfield, J. J. wrote it.",
        "See eq. (3) and fig. 1, e.g. of x.",
        "Why?",
        "an item with two lines",
        "Bold one.",
        "a",
        "b c",
        "Quoted text goes on.",
    ]


def test_the_longest_sentences() -> None:
    notebook = nbformat.v4.new_notebook(cells=[md("One two. One."), code("# a b c d"), md("One two three.")])
    assert form.longest_sentences(notebook, 2) == [(3, "One two three."), (2, "One two.")]


def test_lines_of_code_that_a_narrow_page_cuts_off() -> None:
    fits, wide = "a" * form.WIDEST_CODE, "    " + "b" * (form.WIDEST_CODE - 3)
    cells = [md("c" * 99), code(f"{fits}\n{fits}"), code(f"{fits}\n{wide}\n{fits}")]
    (found,) = form.wide_code(nbformat.v4.new_notebook(cells=cells))
    assert f"has {form.WIDEST_CODE + 1} characters" in found and "'bbb" in found
    withheld = [f"### BEGIN {what}\n{wide}\n### END {what}" for what in ("SOLUTION", "HIDDEN TESTS")]
    assert not list(form.wide_code(nbformat.v4.new_notebook(cells=[*map(code, withheld)])))
