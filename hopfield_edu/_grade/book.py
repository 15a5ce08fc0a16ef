"""nbgrader's part: release, gradebook, feedback pages. nbgrader is imported here and nowhere else.

No student's code runs in here: where nbgrader would execute a notebook, the judge's outputs are put in.
"""

import contextlib
import logging
import os
import re
import shutil
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import Autograde, GenerateAssignment, GenerateFeedback
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import Execute, NbGraderPreprocessor
from traitlets import Dict
from traitlets.config import Config, PyFileConfigLoader

from hopfield_edu.feedback._own import WHOLE

SETTINGS = "nbgrader_config.py"
IGNORED = CourseDirectory.ignore.default_args[0]
HIDDEN = re.compile(r"^### BEGIN HIDDEN TESTS$.*?^### END HIDDEN TESTS\n", re.MULTILINE | re.DOTALL)


class BookError(Exception):
    """nbgrader could not do its part; the text is its own."""


class PutIn(NbGraderPreprocessor):
    """Puts the judge's outputs into a notebook, in the place of its execution.

    The hidden assertions go: the judge has not run them, and asked with a seed of its own.
    """

    outputs = Dict(help="outputs by cell id").tag(config=True)

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:
        """Give a code cell its outputs."""
        if cell.cell_type == "code":
            cell.source = HIDDEN.sub("", cell.source)
            cell.outputs = nbformat.from_dict(list(self.outputs.get(cell.id, [])))
        return cell, resources


class Book:
    """A course's gradebook for one assignment."""

    def __init__(self, course: Path, assignment: str, work: Path) -> None:
        self.course, self.assignment, self.work = course, assignment, work
        self.config = self._settings()
        self.url = CourseDirectory(config=self.config).db_url
        # nbgrader starts `alembic` by its name; it is beside Python, also where no environment is active
        os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])

    def _settings(self) -> Config:
        """The course's own nbgrader settings, and above them what this command needs."""
        config = Config()
        if (self.course / SETTINGS).is_file():
            config = PyFileConfigLoader(SETTINGS, path=str(self.course)).load_config()
        config.ClearSolutions.code_stub = {"python": "# your code here"}
        config.ClearSolutions.text_stub = "*your answer here*"
        config.CourseDirectory.root = str(self.course)
        config.CourseDirectory.ignore = [*IGNORED, WHOLE]  # nbgrader copies all else to the feedback pages
        config.CourseDirectory.course_id = config.CourseDirectory.get("course_id", "hopfield_edu")
        config.CourseDirectory.assignment_id = self.assignment
        config.CourseDirectory.source_directory = "solutions"
        config.CourseDirectory.release_directory = str(self.work / "release")
        config.CourseDirectory.submitted_directory = str(self.work / "checked")
        return config

    def release(self) -> Path:
        """Make the assignment from solutions/, in the gradebook and beside it; the released folder."""
        with _quietly():
            self._run(GenerateAssignment, force=True)
        return self.work / "release" / self.assignment

    def students(self) -> dict[str, dict[str, str]]:
        """What the gradebook knows about the students, by their ids."""
        with Gradebook(self.url) as book:
            return {
                student.id: {
                    "first_name": student.first_name or "",
                    "last_name": student.last_name or "",
                    "email": student.email or "",
                    "lms_user_id": student.lms_user_id or "",
                }
                for student in book.students
            }

    def grade(
        self, student: str, notebook: Any, outputs: dict[str, Any], beside: Callable[[Path], None]
    ) -> None:
        """Write one student's marks into the gradebook, and the feedback page."""
        folder = self.work / "checked" / student / self.assignment
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        beside(folder)
        nbformat.write(notebook, folder / f"{self.assignment}.ipynb")
        steps = list(Autograde.autograde_preprocessors.default_args[0])
        steps = [PutIn if step is Execute else step for step in steps]
        with _quietly():
            self._run(Autograde, student, outputs, force=True, autograde_preprocessors=steps)
            self._run(GenerateFeedback, student, force=True)

    def _run(self, kind: type, student: str = "*", outputs: Any = None, **settings: Any) -> None:
        config = Config(self.config)
        config.CourseDirectory.student_id = student
        config.PutIn.outputs = outputs or {}
        for name, value in settings.items():
            config[kind.__name__][name] = value
        try:
            kind(coursedir=CourseDirectory(config=config), config=config).start()
        except (NbGraderException, SystemExit) as error:
            raise BookError(_last.text or str(error) or "nbgrader gave up") from None

    def marks(self, student: str) -> dict[str, Any]:
        """A student's line as nbgrader exports it."""
        with Gradebook(self.url) as book:
            assignment = book.find_assignment(self.assignment)
            submission = book.find_submission(self.assignment, student)
            person, penalty = submission.student, submission.late_submission_penalty or 0.0
            return {
                "assignment": self.assignment,
                "duedate": assignment.duedate or "",
                "timestamp": submission.timestamp or "",
                "student_id": student,
                "last_name": person.last_name or "",
                "first_name": person.first_name or "",
                "email": person.email or "",
                "raw_score": submission.score,
                "late_submission_penalty": penalty,
                "score": max(0.0, submission.score - penalty),
                "max_score": assignment.max_score,
            }

    def knows(self, student: str) -> bool:
        """Whether the gradebook holds a submission of this student, and the feedback page is there."""
        with Gradebook(self.url) as book:
            try:
                book.find_submission(self.assignment, student)
            except MissingEntry:
                return False
        return self.page(student).is_file()

    def forget(self, student: str) -> None:
        """Take back the marks of a student whose submission can no longer be graded."""
        with Gradebook(self.url) as book, contextlib.suppress(MissingEntry):
            book.remove_submission(self.assignment, student)

    def page(self, student: str) -> Path:
        """Where the student's feedback is."""
        directory = CourseDirectory(config=self.config)
        folder = directory.format_path(directory.feedback_directory, student, self.assignment)
        return Path(folder) / f"{self.assignment}.html"


class _Last(logging.Handler):
    """Keeps the last line of the last error that nbgrader logged: its exceptions say little."""

    text = ""

    def emit(self, record: logging.LogRecord) -> None:
        lines = record.getMessage().strip().splitlines()
        if lines and "There was an error processing" not in lines[-1] and "see the" not in lines[-1]:
            self.text = lines[-1]


_last = _Last(level=logging.ERROR)


@contextlib.contextmanager
def _quietly() -> Iterator[None]:
    """Keep nbgrader's log to ourselves."""
    from traitlets.log import get_logger

    log = get_logger()
    before, handlers, propagate = log.level, log.handlers[:], log.propagate
    log.handlers[:], log.propagate, _last.text = [_last], False, ""
    log.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        log.handlers[:], log.propagate = handlers, propagate
        log.setLevel(before)
