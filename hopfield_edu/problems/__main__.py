"""Make the puzzles that travel with the course: ``python -m hopfield_edu.problems puzzles --seed 11``."""

from __future__ import annotations

import argparse

import numpy as np

from hopfield_edu.problems._sudoku import LEVELS, as_text, generate


def main() -> None:
    """Print the puzzles, with the command that made them."""
    parser = argparse.ArgumentParser(prog="python -m hopfield_edu.problems")
    parser.add_argument("what", choices=["puzzles"])
    parser.add_argument("--seed", type=int, default=11)
    seed = parser.parse_args().seed
    print(f"# command: python -m hopfield_edu.problems puzzles --seed {seed}")
    print("# each has one solution, checked by exact cover; name, givens, board")
    for k, givens in enumerate(LEVELS):
        board = generate(givens, np.random.default_rng([seed, k]))
        print(f"{k + 1:02d} {givens} {as_text(board)}", flush=True)


if __name__ == "__main__":
    main()
