"""nbgrader's settings for this course, read by `nbgrader autograde` and the like in this folder."""

c = get_config()  # noqa: F821  (nbgrader provides it)

c.CourseDirectory.course_id = "hopfield_edu"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "exercises"
# nbgrader copies what lies beside a solution; checks of your own hold the answers
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback", "checks.py"]

# A stub that runs: "Restart and run all" finishes, and the check says "not attempted".
c.ClearSolutions.code_stub = {"python": "# your code here"}
c.ClearSolutions.text_stub = "*your answer here*"

c.ExecutePreprocessor.timeout = 120
c.ExecutePreprocessor.kernel_name = "python3"

# A check that a student has deleted is put back, and costs no more than its own points.
c.OverwriteCells.add_missing_cells = True
