"""The command `hopfield-edu class`: read what a class has handed in, say what it knows and gets wrong."""

from __future__ import annotations

import argparse
import random
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hopfield_edu._class import alike, anonymous, collect, course, mistakes, page, standing
from hopfield_edu._class.collect import HandedIn
from hopfield_edu._class.course import Assignment
from hopfield_edu._class.standing import Standing
from hopfield_edu._grade import honesty, tables
from hopfield_edu._grade.submission import Ungradable

EPILOG = """\
example:
  hopfield-edu class submitted

  with the notebooks collected as submitted/STUDENT/02_two_unit_dynamics/02_two_unit_dynamics.ipynb, writes

  class/class.html   who stands where, which named mistakes the class makes, an example of each that is common
  class/class.csv    each student and exercise: verdict, mistake, seed

Nothing in the notebooks is run: the verdicts are those that the checks left in them. A check whose output was
cleared, or whose answer was changed since, counts as unknown. FOLDER may also be `autograded`, or the folder
that holds both: then what was graded counts, unless a student has handed in something newer.
"""
HTML, CSV = "class.html", "class.csv"
HEADER = ("student", "assignment", "exercise", "verdict", "mistake", "seed", "version", "remark")
NOTHING = "nothing was handed in"
WHERE = "collect the notebooks as submitted/STUDENT/EXERCISES/*.ipynb"


class Wrong(Exception):
    """The command cannot do what it was asked; the text is for the instructor."""


@dataclass
class Job:
    """What the command was asked to do."""

    folder: Path
    course: Path
    out: Path
    wanted: list[str] | None
    named: bool


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="hopfield-edu class",
        description="Read the notebooks that a class has handed in, and write one page: what is right, which "
        "named mistakes the class makes, what is still open.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument(
        "folder", help="folder with STUDENT/EXERCISES/*.ipynb, or a course's folder with submitted/"
    )
    parser.add_argument(
        "--only", action="append", metavar="NAME", help="these exercises; may be given several times"
    )
    parser.add_argument("--out", default="class", help="folder for the page and the table (default: ./class)")
    parser.add_argument("--no-names", action="store_true", help="number the students, in an order drawn anew")
    parser.add_argument(
        "--course",
        help="folder with the exercises/ that were handed out (default: beside FOLDER, or this library's)",
    )
    return parser.parse_args(argv)


def prepare(arguments: argparse.Namespace) -> Job:
    """Look at folders before anything is read; :class:`Wrong` when something is amiss."""
    folder, out = (Path(name).expanduser().resolve() for name in (arguments.folder, arguments.out))
    if not folder.is_dir():
        what = "is a file; a folder is wanted" if folder.exists() else "is not there"
        raise Wrong(f"{folder} {what}")
    in_the_way(out)
    if course.names(folder) and collect.roots(folder) == [folder]:
        raise Wrong(f"{folder} is a course's folder and has no `submitted`: {WHERE}")
    if any(out.is_relative_to(root) for root in collect.roots(folder)):
        raise Wrong(f"{out} would lie among the students; name another folder with --out")
    given = None if arguments.course is None else Path(arguments.course).expanduser().resolve()
    source = originals(folder) if given is None else given
    known = course.names(source)
    if not known:
        raise Wrong(f"{source} has no exercises/NAME/NAME.ipynb; name the course's folder with --course")
    for name in arguments.only or ():
        if name not in known:
            raise Wrong(f"there are no exercises {name!r} in {source}; there are {', '.join(known)}")
    return Job(folder, source, out, arguments.only, not arguments.no_names)


def in_the_way(out: Path) -> None:
    """Nothing that this command has not written itself is overwritten."""
    if out.exists() and not out.is_dir():
        raise Wrong(f"{out} is a file; name a folder with --out")
    for name, first in ((HTML, page.MARK), (CSV, ",".join(HEADER))):
        path = out / name
        if path.exists() and not (path.is_file() and first in path.read_text("utf-8", "replace")[:1000]):
            raise Wrong(
                f"{path} is in the way: this command has not written it. Name another folder with --out"
            )


def originals(folder: Path) -> Path:
    """The course that was handed out: the one beside the class's folder, or else this library's own."""
    from hopfield_edu.course import originals as own

    return next((place for place in (folder, folder.parent) if course.names(place)), own())


# ------------------------------------------------------------------------------ reading


def report(job: Job, rng: random.Random | None = None) -> page.Report:
    """Read a class; `rng` draws the order of the students where names are left out."""
    from tqdm.auto import tqdm

    everybody, given = collect.students(job.folder), collect.handed_in(job.folder, job.wanted)
    strays = collect.astray(job.folder)
    names = sorted({one.assignment for one in given})
    known = {name: found for name in names if (found := course.load(job.course, name)) is not None}
    if not known:
        raise Wrong(nothing_there(job, names, strays))
    _two_of_a_name(list(known.values()))
    made = page.Report(everybody, list(known.values()), [], [], [])
    for one in tqdm(given, desc="class", unit="notebook"):
        _read(one, known.get(one.assignment), made)
    for one in strays:
        made.unread.append((one.student, one.assignment, one.notes[0]))
    made.standings += _missing(made, given)
    made.standings.sort(key=lambda s: (s.student, s.assignment))
    for assignment in made.assignments:
        here = [one for one in made.standings if one.assignment == assignment.name]
        made.misconceptions += mistakes.misconceptions(here, vocabulary(assignment))
        made.pairs += alike.pairs(here, assignment)
    made.misconceptions.sort(key=lambda m: (not m.named, -len(m.students)))
    if job.named:
        return made
    return without_names(made, rng or random.SystemRandom(), collect.odd_names(job.folder, made.students))


def _two_of_a_name(assignments: list[Assignment]) -> None:
    """Checks of one's own are known by their names, so that each needs another."""
    where: dict[str, str] = {}
    for one in assignments:
        for name in one.own:
            if name in where:
                raise Wrong(f"{where[name]} and {one.name} both have a check {name!r}: use --only")
            where[name] = one.name


def nothing_there(job: Job, names: list[str], strays: list[HandedIn]) -> str:
    """Why there is nothing to read, and what to do."""
    if names:
        listed = ", ".join(course.names(job.course))
        return f"none of {', '.join(names[:5])} is the name of exercises in {job.course} ({listed}): {WHERE}"
    if strays:
        one = strays[0]
        return f"{one.student}/{one.assignment} lies in no folder of an assignment: {WHERE}"
    return f"nobody has handed in anything in {job.folder}: {WHERE}"


def _read(one: HandedIn, assignment: Assignment | None, made: page.Report) -> None:
    """Read one notebook; whatever is wrong with it is listed, and stops nobody else's."""
    if assignment is None:
        made.unread.append((one.student, one.assignment, "the course has no exercises of this name"))
        return
    try:
        found, notes = standing.standings(one, assignment)
    except (Ungradable, OSError) as error:
        why = str(error) if isinstance(error, Ungradable) else error.strerror or type(error).__name__
        made.unread.append((one.student, one.assignment, why))
        made.standings += standing.nothing(one.student, assignment, standing.UNKNOWN, why)
        return
    made.notebooks += 1
    made.standings += found
    made.remarks += [(one.student, one.assignment, note) for note in notes]
    made.remarks += [(one.student, one.assignment, text) for text in _doubts(found)]


def _doubts(found: list[Standing]) -> Iterator[str]:
    """What is said about verdicts, many exercises in one line."""
    reasons: dict[str, list[str]] = {}
    for one in found:
        if one.why:
            reasons.setdefault(one.why, []).append(one.check)
    return (f"{why}: {', '.join(checks)}" for why, checks in reasons.items())


def _missing(made: page.Report, given: list[HandedIn]) -> list[Standing]:
    """Those who handed in nothing of an assignment."""
    there = {(one.student, one.assignment) for one in given}
    return [
        entry
        for assignment in made.assignments
        for student in made.students
        if (student, assignment.name) not in there
        for entry in standing.nothing(student, assignment, standing.NOT_ATTEMPTED, NOTHING)
    ]


def vocabulary(assignment: Assignment) -> anonymous.Vocabulary:
    """The words that the course itself uses in an assignment."""
    code = (cell.source for cell in assignment.release.cells if cell.cell_type == "code")
    right = (text for exercise in assignment.exercises for text in alike.known(exercise.check))
    return anonymous.Vocabulary([*code, *assignment.solved.values(), *right])


# ------------------------------------------------------------------------------ without names


def without_names(made: page.Report, rng: random.Random, files: Collection[str]) -> page.Report:
    """The same report with numbers in place of names."""
    order = list(made.students)
    rng.shuffle(order)
    digits = len(str(len(order)))
    number = {name: f"student {k:0{digits}d}" for k, name in enumerate(order, start=1)}

    def lines(entries: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
        shown = ((number[s], a if a in known else "(a folder)", _nameless(t, files)) for s, a, t in entries)
        return sorted(shown)

    known = {assignment.name for assignment in made.assignments}
    return replace(
        made,
        students=sorted(number.values()),
        standings=sorted(
            (
                replace(s, student=number[s.student], seed="", why=_nameless(s.why, files))
                for s in made.standings
            ),
            key=lambda s: (s.student, s.assignment),
        ),
        misconceptions=[
            replace(m, students=tuple(sorted(number[s] for s in m.students))) for m in made.misconceptions
        ],
        pairs=[replace(p, students=tuple(sorted(number[s] for s in p.students))) for p in made.pairs],
        unread=lines(made.unread),
        remarks=lines(made.remarks),
        named=False,
    )


def _nameless(text: str, files: Collection[str]) -> str:
    """A remark without the names of files, which students choose."""
    for name in sorted(files, key=len, reverse=True):
        text = text.replace(repr(name), "another name").replace(name, "the notebook")
    return text


# ------------------------------------------------------------------------------ writing


def write(job: Job, made: page.Report) -> None:
    """Write the page and the table."""
    job.out.mkdir(parents=True, exist_ok=True)
    rows = [
        (s.student, s.assignment, s.check, s.verdict, s.mistake or "", s.seed, s.version, s.why)
        for s in made.standings
    ]
    tables.write(job.out / CSV, HEADER, rows)
    new = job.out / f"{HTML}.new"
    new.write_text(page.page(made), encoding="utf-8")
    new.replace(job.out / HTML)


def tell(job: Job, made: page.Report) -> None:
    """A short summary; the page holds the rest."""
    print(f"{page.counted(made.notebooks, 'notebook')} read of {page.counted(len(made.students), 'student')}")
    for student, assignment, why in made.unread:
        print(f"  not read: {student}, {assignment}: {why}")
    unknown = sum(one.verdict == standing.UNKNOWN for one in made.standings)
    if unknown:
        told = f"{page.counted(unknown, 'verdict')} {'is' if unknown == 1 else 'are'} unknown"
        print(f"  {told}: the output was cleared, is stale, or could not be read")
    for one in [m for m in made.misconceptions if m.named][:3]:
        print(f"  {page.counted(len(one.students), 'student')}: {one.name} ({one.check})")
    print(honesty.CANNOT)
    print(f"The page is {job.out / HTML}, the table {job.out / CSV}")


def main(argv: Sequence[str]) -> None:
    """Run the command."""
    arguments = parse(argv)
    try:
        job = prepare(arguments)
        made = report(job)
        write(job, made)
        tell(job, made)
    except (Wrong, ValueError) as error:
        raise SystemExit(f"hopfield-edu class: {error}") from None
    except OSError as error:
        raise SystemExit(f"hopfield-edu class: cannot read or write: {error}") from None
    except KeyboardInterrupt:
        raise SystemExit("\nhopfield-edu class: stopped; nothing was written") from None
