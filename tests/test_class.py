"""`hopfield-edu class`: finds what the class gets wrong, drops nobody, tells no names where it should not."""

from __future__ import annotations

import csv
import html
import os
import random
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import classroom
import numpy as np
import pytest
import synthetic
from synthetic import ASSIGNMENT

import notebooks as tool
from hopfield_edu import course, feedback
from hopfield_edu._class import alike, anonymous, collect, command, mistakes
from hopfield_edu._class import course as given
from hopfield_edu._class.standing import Standing
from hopfield_edu._grade import honesty, judge, submission
from hopfield_edu.feedback._core import MISUSES

ROOT = Path(__file__).resolve().parents[1]


def report(folder: Path, *options: str) -> tuple[list[dict[str, str]], str]:
    """The table and the page of a class."""
    out = folder / "report"
    course.main(["class", str(folder / "submitted"), f"--out={out}", *options])
    with (out / "class.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file)), (out / "class.html").read_text(encoding="utf-8")


def compare(rows: list[dict[str, str]], page: str, truth: synthetic.Truth) -> None:
    """Whether the report says what is true of a class: each verdict, each planted mistake, each lost file."""
    assert {(row["student"], row["exercise"]): row["verdict"] for row in rows} == truth.verdicts
    found: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        if row["mistake"]:
            found.setdefault((row["exercise"], row["mistake"]), set()).add(row["student"])
    assert found == truth.mistakes
    for (check, mistake), students in truth.mistakes.items():
        counted = f"<strong>{mistake}</strong>, {len(students)} student"
        assert counted in page, (check, mistake)
    unread = page.partition("<h2>Not read</h2>")[2].partition("<h2>")[0]
    assert set(re.findall(r'<th scope="row">(.*?)</th>', unread)) == truth.unread


class Structure(HTMLParser):
    """Whether every element is closed, what is loaded from elsewhere, and which tables have no caption."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: Counter[str] = Counter()
        self.loaded: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.loaded += [v for k, v in attributes if k in ("src", "href") and v and not v.startswith("#")]
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_a_class_is_read_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    handed_in, truth = synthetic.students(14, various=False)
    synthetic.hand_in(tmp_path, handed_in)
    rows, page = report(tmp_path)
    compare(rows, page, truth)
    assert {row["seed"] for row in rows if row["verdict"] == "right"} == {synthetic.SEED}
    told = capsys.readouterr().out
    assert "13 notebooks read of 14 students" in told and "not read: truncated" in told
    assert honesty.CANNOT in told and honesty.CANNOT in page

    structure = Structure(page)
    assert not structure.open and not structure.loaded and not structure.tags["script"]
    assert structure.tags["table"] == structure.tags["caption"] >= 3
    shown = [html.unescape(text) for text in re.findall(r"<pre><code>(.*?)</code></pre>", page, re.DOTALL)]
    several = [students for students in truth.mistakes.values() if len(students) >= mistakes.ENOUGH]
    assert len(shown) == len(several) > 0
    assert "student0" not in "".join(shown) and "#" not in "".join(shown)
    before_names = page.partition("<h2>Students</h2>")[0]
    assert not any(name in before_names for name in handed_in)

    rows, page = report(tmp_path, "--no-names")
    assert not any(name in page for name in handed_in if name.startswith("student0"))
    assert Counter(row["verdict"] for row in rows) == Counter(truth.verdicts.values())
    assert {row["seed"] for row in rows} == {""}


def test_names_of_students_and_files_are_left_out(tmp_path: Path) -> None:
    names = ("Ada Lovelace", "Grace", "Emmy")
    for name in names:
        path = tmp_path / "submitted" / name / ASSIGNMENT / f"{name}'s work (1).ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes(b"{" if name == "Grace" else tool.as_bytes(classroom.handed_out(ASSIGNMENT)))
    (tmp_path / "submitted" / "Emmy" / "Emmys own").mkdir()
    (tmp_path / "submitted" / "Emmy" / "Emmy Noether.ipynb").touch()
    job = command.prepare(command.parse([str(tmp_path), "--no-names", f"--out={tmp_path / 'out'}"]))
    made = command.report(job)
    command.write(job, made)
    for written in ("class.html", "class.csv"):
        text = (tmp_path / "out" / written).read_text(encoding="utf-8")
        assert not any(part in text for name in names for part in name.split())
    assert "the notebook is no whole notebook" in text
    assert len(made.unread) == 3
    again = [command.without_names(made, random.Random(k), ()) for k in range(8)]
    assert len({one.unread[0][0] for one in again}) > 1  # the numbers do not follow the alphabet


def test_what_was_changed_since_counts_as_unknown(tmp_path: Path) -> None:
    notebook = synthetic.run(synthetic.answered(synthetic.solutions()))
    synthetic.changed_after(notebook)
    synthetic.hand_in(tmp_path, {"ada": notebook})
    rows, page = report(tmp_path)
    stale = {row["exercise"] for row in rows if row["remark"].startswith("stale")}
    functions = {check for check in synthetic.checks() if synthetic.solutions()[check].startswith("def ")}
    assert stale == functions and len(functions) >= 4
    assert {row["verdict"] for row in rows if row["exercise"] in stale} == {"unknown"}
    assert f"{len(stale)} answers of which the notebooks say nothing" in page


def test_a_graded_notebook_counts_unless_a_newer_one_was_handed_in(tmp_path: Path) -> None:
    blank, full = classroom.handed_out(ASSIGNMENT), synthetic.run(synthetic.answered(synthetic.solutions()))
    synthetic.hand_in(tmp_path, {"ada": blank})
    old = tmp_path / "submitted" / "ada" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    new = tmp_path / "autograded" / "ada" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    new.parent.mkdir(parents=True)
    new.write_bytes(tool.as_bytes(full))
    os.utime(old, (100, 100))
    os.utime(new, (200, 200))
    assert [one.path for one in collect.handed_in(tmp_path)] == [new]
    os.utime(old, (300, 300))
    assert [one.path for one in collect.handed_in(tmp_path)] == [old]
    assert [one.path for one in collect.handed_in(tmp_path / "autograded")] == [new]
    assert collect.handed_in(tmp_path, ["another"]) == []


def test_one_who_handed_in_nothing_is_in_the_class(tmp_path: Path) -> None:
    synthetic.hand_in(tmp_path, {"ada": classroom.handed_out(ASSIGNMENT)})
    (tmp_path / "submitted" / "bob").mkdir()
    (tmp_path / "submitted" / "cyd" / ASSIGNMENT).mkdir(parents=True)
    (tmp_path / "submitted" / "dan" / "unheard of").mkdir(parents=True)
    rows, page = report(tmp_path)
    told = {row["student"]: (row["verdict"], row["remark"]) for row in rows}
    assert told["bob"] == told["dan"] == ("not attempted", "nothing was handed in")
    assert told["cyd"] == ("unknown", "there is no notebook in it")
    assert "2 students handed in nothing" in page and "no exercises of this name" in page


# ------------------------------------------------------------------------------ alike


def standings(sources: dict[str, dict[str, str]]) -> list[Standing]:
    return [
        Standing(student, ASSIGNMENT, check, "right", source=source)
        for student, answers in sources.items()
        for check, source in answers.items()
    ]


def test_a_copy_is_seen_and_independent_answers_are_not() -> None:
    assignment = given.load(ROOT, ASSIGNMENT)
    most = max(len(synthetic.variants(check)) for check in synthetic.checks())
    alone = {}
    for k in range(most):  # each writes each answer as nobody else does, or as the solution does
        options = {check: synthetic.variants(check) for check in synthetic.checks()}
        alone[f"s{k}"] = {check: sources[k if k < len(sources) else 0] for check, sources in options.items()}
    for check in ("energy", "energy_change"):  # known mistakes, which anybody may make
        for number, source in enumerate(alike.known(check)):
            alone.setdefault(f"m{number}", {})[check] = source
    assert alike.pairs(standings(alone), assignment) == []
    copied = {name: text.replace("state", "zustand") for name, text in alone["s3"].items()}
    (pair,) = alike.pairs(standings({**alone, "s3": copied, "thief": copied}), assignment)
    assert pair.students == ("s3", "thief") and pair.share == 1.0
    assert set(pair.checks) <= set(synthetic.checks())


def test_what_many_write_is_nobodys_own() -> None:
    assignment = given.load(ROOT, ASSIGNMENT)
    text = "\n".join(f"quantity_{k} = helper(quantity_{k}, {k})" for k in range(20))
    few = {f"s{k}": {"energy": text} for k in range(alike.FEW)}
    many = {f"s{k}": {"energy": text} for k in range(alike.FEW + 1)}
    assert len(alike.pairs(standings(few), assignment)) == alike.FEW * (alike.FEW - 1) // 2
    assert alike.pairs(standings(many), assignment) == []


# ------------------------------------------------------------------------------ texts and examples


def test_an_example_tells_nobodys_name() -> None:
    words = anonymous.Vocabulary(["def energy(weights, bias, state): pass", 'kind = "synchronous"'])
    source = '''
    """By Ada"""
    import adas_module as ada
    %matplotlib inline
    def energy(weights, bias, ada_state, *, by="Ada", kind="synchronous"):
        "Ada's"  # and hers
        global ada_total
        ada_total = ada.count(weights)
        try:
            return np.fill_diagonal(weights, 0), f"ada{bias}", {"+-": "1/2"}
        except Ada as ada_error:
            print(b"ada", ada_state=1)
    '''
    shown = anonymous.anonymous("\n".join(line[4:] for line in source.split("\n")), words)
    assert "ada" not in shown.lower()
    for kept in (
        "def energy(weights, bias, name",
        "'synchronous'",
        "np.fill_diagonal(weights, 0)",
        "'+-': '1/2'",
    ):
        assert kept in shown
    compile(shown, "shown", "exec")
    assert anonymous.anonymous("this is no Python (", words) == ""


def test_every_name_on_a_card_has_a_text() -> None:
    for check in ("energy", "energy_derivation", "rises_without_symmetry"):
        for name in getattr(feedback, check).mistakes:
            assert mistakes.text(check, name) not in (mistakes.KNOWN_BY_NAME, mistakes.UNEXPLAINED)
    assert set(MISUSES) <= set(mistakes.GENERAL)
    assert "**" in mistakes.text("energy", "^ is not a power")
    assert mistakes.text("energy", "a name that nobody knows") == mistakes.KNOWN_BY_NAME


def test_a_solution_without_its_solutions_is_what_was_handed_out() -> None:
    for path in sorted(ROOT.glob("solutions/*/*.ipynb"))[:4]:
        name = path.stem
        made = given.released(tool.read(path))
        theirs = classroom.handed_out(name)
        assert [cell.source for cell in made.cells] == [cell.source for cell in theirs.cells]
        assert given.load(ROOT, name).exercises == submission.exercises(theirs)


# ------------------------------------------------------------------------------ the command


def test_wrong_paths_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def says(*arguments: Any) -> str:
        with pytest.raises(SystemExit) as told:
            course.main(["class", *map(str, arguments)])
        return str(told.value)

    assert "is not there" in says(tmp_path / "nowhere")
    (tmp_path / "file").touch()
    assert "is a file" in says(tmp_path / "file")
    (tmp_path / "empty").mkdir()
    out = tmp_path / "out"
    assert "submitted/STUDENT/EXERCISES/*.ipynb" in says(tmp_path / "empty", f"--out={out}")
    assert not out.exists()
    (tmp_path / "flat" / "ada").mkdir(parents=True)
    (tmp_path / "flat" / "ada" / "x.ipynb").touch()
    assert "ada/x.ipynb lies in no folder of an assignment" in says(tmp_path / "flat")
    assert "none of ada is the name of exercises" in says(tmp_path, "--out=/nowhere")
    assert "is a course's folder and has no `submitted`" in says(classroom.small_course(tmp_path / "bare"))
    assert "would lie among the students" in says(tmp_path / "flat", f"--out={tmp_path / 'flat' / 'class'}")
    assert "there are no exercises '99'" in says(tmp_path / "empty", "--only=99")
    assert "name the course's folder" in says(tmp_path / "empty", f"--course={tmp_path}")
    assert "is a file; name a folder with --out" in says(tmp_path / "empty", f"--out={tmp_path / 'file'}")
    out.mkdir()
    (out / "class.html").write_text("mine")
    assert "is in the way" in says(tmp_path / "empty", f"--out={out}")
    assert (out / "class.html").read_text() == "mine"
    with pytest.raises(SystemExit, match="0"):
        course.main(["class", "--help"])
    text = capsys.readouterr().out
    for word in ("hopfield-edu class submitted", "class/class.html", "--no-names", "--only", "unknown"):
        assert word in text
    assert course.parse(["./class"]).folder == "./class"


# ------------------------------------------------------------------------------ whole classes


@pytest.mark.slow
def test_sixty_students(tmp_path: Path) -> None:
    for seed in (0, 1):
        handed_in, truth = synthetic.students(60, seed)
        assert set(truth.mistakes) == set(synthetic.PLANTED) and len(truth.unread) == 4
        folder = tmp_path / str(seed)
        synthetic.hand_in(folder, handed_in)
        rows, page = report(folder)
        compare(rows, page, truth)
        assert page.count("<summary>An answer with this mistake</summary>") == len(synthetic.PLANTED)
        before = {(row["student"], row["exercise"]): row for row in rows}
        for name in synthetic.DISASTERS:  # the same class without its disasters: nobody else has changed
            (folder / "submitted" / name / ASSIGNMENT / f"{ASSIGNMENT}.ipynb").unlink()
        after, _ = report(folder)
        kept = [row for row in after if row["student"] not in synthetic.DISASTERS]
        assert kept == [before[row["student"], row["exercise"]] for row in kept] and len(kept) > 500


@pytest.mark.slow
def test_every_solution_reads_as_right(tmp_path: Path) -> None:
    """As Jupyter has run it: nothing is unknown, stale or mended away."""
    for path in sorted(ROOT.glob("solutions/*/*.ipynb")):
        for student in ("ada", "bob"):
            target = tmp_path / "submitted" / student / path.stem / path.name
            target.parent.mkdir(parents=True)
            target.write_bytes(path.read_bytes())
    rows, page = report(tmp_path)
    assert [row for row in rows if row["verdict"] != "right" or row["remark"]] == []
    assert len(rows) == 2 * (len(feedback.CHECKS) - 1) and "No two students, here." in page


@pytest.mark.slow
def test_what_was_graded_is_read_again(tmp_path: Path) -> None:
    """A smaller class goes through `grade`: its marks, and what `class` reads afterwards, are the truth."""
    folder = classroom.small_course(tmp_path, ASSIGNMENT)
    handed_in, truth = synthetic.students(18, seed=2)
    handed_in["deadly"] = synthetic.answered({"energy": "import os\nos._exit(0)"})
    truth.verdicts |= {
        ("deadly", c): "not yet" if c == "energy" else "not attempted" for c in synthetic.checks()
    }
    synthetic.hand_in(folder, handed_in)
    sandboxed = [] if judge.trial(sandboxed=True) else ["--unsandboxed"]
    course.main(["grade", ASSIGNMENT, f"--course={folder}", "--seed=summer {student}", *sandboxed])
    for name in ("cleared", "without checks", "forged"):  # the judge ran what the notebooks do not tell
        for check in synthetic.checks():
            if (name, check) in truth.verdicts:
                truth.verdicts[name, check] = "right"
    points = {e.check: e.points for e in given.load(ROOT, ASSIGNMENT).exercises}
    with (folder / "grades" / ASSIGNMENT / "report.csv").open(newline="", encoding="utf-8") as file:
        judged = list(csv.DictReader(file))
    for row in judged:
        right = truth.verdicts[row["student"], row["exercise"]] == "right"
        assert float(row["points"]) == right * points[row["exercise"]], row
    assert {row["student"] for row in judged} == set(handed_in) - truth.unread
    made = {(row["exercise"], row["mistake"], row["student"]) for row in judged if row["mistake"]}
    planted = {(*key, student) for key, students in truth.mistakes.items() for student in students}
    assert planted <= made and made - planted == {("energy", "no answer", "deadly")}
    course.main(["class", str(folder), f"--out={folder / 'report'}"])
    with (folder / "report" / "class.csv").open(newline="", encoding="utf-8") as file:
        rows = {(row["student"], row["exercise"]): row["verdict"] for row in csv.DictReader(file)}
    assert rows == truth.verdicts
    assert np.unique([row["seed"] for row in judged]).size == len(handed_in) - len(truth.unread)
