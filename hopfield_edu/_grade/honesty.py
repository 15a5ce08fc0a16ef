"""What marks can say and cannot say: printed by `grade`, and written on the page of `class`."""

CAN = (
    "A mark says that an answer passed, or did not pass, all trials of a check with one seed. A named "
    "mistake says that the answer does on every trial what this mistake does."
)
CANNOT = (
    "A mark does not say whether the student understood, whose answer it is, or how far a wrong answer is "
    "from a right one: a lost sign and an empty cell both give no points. Ask about some answers before a "
    "mark decides anything."
)
UNJUDGED = (
    "These verdicts stand in the notebooks as they were handed in. Nothing was run, and whoever owns a file "
    "can change it: take this page for your next lecture, and `hopfield-edu grade` for marks."
)
