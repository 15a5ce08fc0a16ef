"""Grading what a class has handed in: `hopfield-edu grade`. Private: the command is the interface."""
