"""The form of a chapter: what its first screen, its pictures, its sections and its prose owe a learner.

`problems` says where a chapter departs from the form; `tools/notebooks.py check` asks it about the
chapters in `RE_EDITED`. (Predictions are for `spoilers` to judge, in all chapters.) `longest_sentences`
is for an editor's ear, and condemns nothing. `wide_code` asks for short lines, of all notebooks.
"""

import re
from collections.abc import Iterator

from nbformat import NotebookNode
from spoilers import ASK, REVEAL

#: The chapters that are written in this form, by the names of their files without the ending.
RE_EDITED: tuple[str, ...] = (
    "00_start_here",
    "01_meet_the_network",
    "02_two_unit_dynamics",
    "03_energy",
    "04_frustration",
    "05_storing_one_pattern",
    "06_storing_many_patterns",
    "07_capacity_and_spurious_states",
    "08_better_learning_rules",
    "09_temperature",
    "10_continuous_networks",
    "11_optimization",
    "12_dense_associative_memory",
    "13_modern_networks_and_attention",
    "14_energy_architectures",
    "15_memory_and_imagination",
)

MOST_WORDS = 90  # of prose, between two things to look at or do
WIDEST_CODE = 72  # characters; a page of 900 px beside the file browser shows 58, and wraps the rest

WITHHELD = re.compile(r"(?s)### BEGIN (SOLUTION|HIDDEN TESTS).*?### END \1")  # from an exercise
OBJECTIVES = re.compile(r"(?im)^(?:#+ |\*\*|\s*(?:<details>\s*)?<summary>).*\bobjectives\b")
EXPLORER = re.compile(r"\bexplore\.[a-z]\w*\(")
TO_DO = re.compile(rf"\b(?:explore|quiz)\.[a-z]\w*\(|{ASK.pattern}|{REVEAL.pattern}")
FOLDED = re.compile(r"<details\b.*?</details>", re.DOTALL)
PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)|<img\b[^>]*>")
HEADING = re.compile(r"^(#+) (.*)$", re.MULTILINE)
LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]*)\)")
MARKED_AMISS = re.compile(r"\+\W*$|^Exercise \w+ \+|(?i:\((core|plus)\)$)")
IMAGE_TAG = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
ALT = re.compile(r"""\balt=(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
TEX = re.compile(r"\$|\\[a-zA-Z]")
SENTENCE_END = re.compile(  # neither an initial nor "fig. 3" ends one
    r"""(?<=[.?!…])(?<!\b[A-Z]\.)(?<!\b[Ff]ig\.)(?<!\b[Ee]q\.)(?<!\bp\.)["”’)]*\s+(?=["“‘(]?[A-Z]|\d)"""
)
NOT_PROSE = (  # what stands in a cell of Markdown and is no sentence, and what is put there instead
    (re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL), "\n\n"),
    (re.compile(r"\$\$.*?\$\$", re.DOTALL), " "),
    (re.compile(r"\$[^$\n]+(?:\n[^$\n]+)?\$"), "x"),
    (re.compile(r"^\*\*Time:\*\*.*$|^<small>.*</small>$|^#+ .*$|^[ |:-]+$", re.MULTILINE), "\n"),
    (re.compile(r"^> ?", re.MULTILINE), ""),
    (re.compile(r"\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"</(?:summary|p|li|td|th|div)>"), "\n\n"),
    (re.compile(r"<[^>]*>"), " "),
)


def problems(notebook: NotebookNode) -> list[str]:
    """How a chapter departs from the form, one line each."""
    found = [*_first_screen(notebook), *_without_alt(notebook)]
    return [*found, *sections(notebook), *_hidden_plus(notebook), *_long_walks(notebook)]


# ------------------------------------------------------------------------------ the first screen


def _first_screen(notebook: NotebookNode) -> Iterator[str]:
    """A live cell with an explorer or a figure, before the objectives, which are folded."""
    cells = notebook.cells
    code = next((n for n, cell in enumerate(cells) if cell.cell_type == "code"), None)
    goals = next((n for n, cell in enumerate(cells) if OBJECTIVES.search(_markdown(cell))), None)
    if code is None:
        yield "first screen: there is no code cell"
        return
    if not (EXPLORER.search(cells[code].source) or any(_pictures(cells[code]))):
        yield "first screen: the first code cell shows neither an explorer nor a figure"
    if goals is not None and goals < code:
        yield "first screen: the objectives come before the first code cell"
    if goals is not None and OBJECTIVES.search(FOLDED.sub("", _markdown(cells[goals]))):
        yield "first screen: the objectives are not folded (<details><summary>Objectives</summary>)"


def _markdown(cell: NotebookNode) -> str:
    return cell.source if cell.cell_type == "markdown" else ""


def _pictures(cell: NotebookNode) -> Iterator[dict]:
    """The data of the outputs of a cell that show a picture."""
    for output in cell.get("outputs", []):
        data = output.get("data", {})
        if any(kind.startswith("image/") for kind in data) or IMAGE_TAG.search(data.get("text/html", "")):
            yield data


# ------------------------------------------------------------------------------ code


def wide_code(notebook: NotebookNode) -> Iterator[str]:
    """Lines of code that are cut off on a narrow page, of those that a learner is given."""
    for cell in notebook.cells:
        for line in WITHHELD.sub("", cell.source).splitlines() if cell.cell_type == "code" else ():
            if len(line) > WIDEST_CODE:
                yield f"a line of code has {len(line)} characters, more than {WIDEST_CODE}: {line.strip()!r}"


# ------------------------------------------------------------------------------ pictures


def _without_alt(notebook: NotebookNode) -> Iterator[str]:
    """Pictures that say nothing, or say it in TeX, to whoever does not see them."""
    for cell in notebook.cells:
        where = f"{cell.cell_type} cell {cell.source.strip()[:40]!r}"
        for alt in _alts(cell):
            if not alt.strip():
                yield f"{where} shows a picture without alt text"
            elif TEX.search(alt):
                yield f"{where}: an alt text holds TeX, which is read out as it stands: {alt[:60]!r}"


def _alts(cell: NotebookNode) -> Iterator[str]:
    """The alt text of every picture of a cell, an empty one where there is none."""
    for picture in PICTURE.findall(_markdown(cell)):
        yield picture[2 : picture.index("](")] if picture.startswith("![") else _alt_of_tag(picture)
    for data in _pictures(cell):
        yield from [_alt_of_tag(tag) for tag in IMAGE_TAG.findall(data.get("text/html", ""))] or [""]


def _alt_of_tag(tag: str) -> str:
    found = ALT.search(tag)
    return (found[1] or found[2] or "") if found else ""


# ------------------------------------------------------------------------------ sections


def is_plus(heading: str) -> bool:
    """Whether a heading, `Title +`, marks a section that goes beyond the core."""
    return heading.rstrip().endswith(" +")


def headings(notebook: NotebookNode) -> Iterator[tuple[int, str]]:
    """The level and the text of every heading."""
    for cell in notebook.cells:
        fences, _ = NOT_PROSE[0]
        for marks, text in HEADING.findall(fences.sub("", _markdown(cell))):
            yield len(marks), text.strip()


def sections(notebook: NotebookNode) -> Iterator[str]:
    """Sections (of exercises, too) whose mark, core or +, is not what it should be."""
    for level, text in headings(notebook):
        if level != 2 and is_plus(text):
            yield f"heading {text!r}: only a section (`## `) is marked with +"
        elif level == 2 and is_plus(text) and re.search(r"(?i)\b(quiz|recap)\b", text):
            yield f"section {text!r} belongs to the core"
        elif level == 2 and not is_plus(text) and MARKED_AMISS.search(text):
            yield f"section {text!r}: what goes beyond the core ends in ' +', the core bears no mark"
    own = [t for n, t in headings(notebook) if n == 2 and not re.search(r"(?i)\b(quiz|recap)\b", t)]
    if own and all(map(is_plus, own)):
        yield "no section belongs to the core"


def _hidden_plus(notebook: NotebookNode) -> Iterator[str]:
    """Links that lead from the core into a section marked +, and do not say so."""
    plus = False
    for cell in notebook.cells:
        for line in _markdown(cell).split("\n"):
            plus = is_plus(line) if line.startswith("## ") else plus
            for text, address in [] if plus else LINK.findall(line):
                if address.endswith("-+") and not text.endswith("+"):
                    yield f"link [{text}]: it leads into a section marked +, so its text ends in ' +'"


# ------------------------------------------------------------------------------ prose


def prose(source: str) -> str:
    """What a learner reads of a cell of Markdown with everything folded: no formulas, headings or code."""
    text = FOLDED.sub("\n\n", source)
    for pattern, instead in NOT_PROSE:
        text = pattern.sub(instead, text)
    return text


def words(text: str) -> list[str]:
    """The words of a text; `half-right` and `don't` are one each."""
    return re.findall(r"\w+(?:[-'’]\w+)*", text)


def _long_walks(notebook: NotebookNode) -> Iterator[str]:
    """Where a learner reads on for too long with nothing to look at or to do."""
    walk: list[str] = []
    for piece in _pieces(notebook):
        if piece is not None:
            walk += words(piece)
            continue
        if len(walk) > MOST_WORDS:
            yield f"{len(walk)} words with nothing to look at or do, from {' '.join(walk[:6])!r}"
        walk = []


def _pieces(notebook: NotebookNode) -> Iterator[str | None]:
    """Prose, and None for each thing to look at or do, as far as the recap, where one looks things up."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            answer = cell.metadata.get("nbgrader", {}).get("solution")
            if cell.outputs or answer or TO_DO.search(cell.source):
                yield None
            continue
        before, recap, _ = re.sub(r"(?im)^## .*\brecap\b.*$", "\0", FOLDED.sub("\n", cell.source)).partition(
            "\0"
        )
        for number, piece in enumerate(PICTURE.split(before)):
            yield from [None] if number else []
            yield prose(piece)
        if recap:
            break
    yield None


def sentences(source: str) -> list[str]:
    """The sentences of a cell of Markdown, what is folded and the items of lists included."""
    text = source.replace("<details>", "\n\n").replace("</details>", "\n\n")
    text = re.sub(r"(?m)^\s*(?:[-*]|\d+\.) |\|", "\n\n", prose(text))
    text = re.sub(r"[*_`]{1,2}", "", text)
    found = []
    for paragraph in re.split(r"\n\s*\n", text):
        flat = " ".join(paragraph.split())
        found += SENTENCE_END.split(flat)
    return [sentence for sentence in found if words(sentence)]


def longest_sentences(notebook: NotebookNode, number: int = 10) -> list[tuple[int, str]]:
    """The longest sentences of a notebook with their lengths in words, the longest first."""
    found = [s for cell in notebook.cells for s in sentences(_markdown(cell))]
    counted = sorted(((len(words(s)), s) for s in found), key=lambda pair: -pair[0])
    return counted[:number]
