"""The explorers of chapter 13 in a real JupyterLab: logarithmic slider, lists, melodies to listen to."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect


@pytest.mark.slow
def test_beta(open_explorer: Callable[[str], Any]) -> None:
    beta = open_explorer("beta")
    beta.says("β = 0.1, T = 10: the query spreads its attention over 2.2 of 8 faces.")
    beta.says("it rests in a metastable state, in effect an average of 2.5 faces.")
    beta.slide("beta", "Home")
    beta.says("it rests in the global average")
    beta.redrawn()
    beta.slide("beta", "End")
    beta.says("After 1 step it rests in a single face, number 2: the right one.")
    beta.redrawn()
    beta.choose("side", "from the bottom")  # eight rows: the mouth
    beta.says("an average of 2.0 faces, balanced on a ridge: nothing in the query tells them apart.")
    beta.redrawn()
    beta.slide("hidden", "Home")
    beta.says("number 2: the right one.")
    beta.redrawn()
    beta.slide("who", *["ArrowRight"] * 4)  # a burst
    beta.says("number 6: the right one.")
    beta.redrawn()


def height(explorer: Any) -> float:
    """How far the sentence is from the top of the explorer."""
    return explorer.evaluate("""host => host.querySelector('.hopfield-caption').getBoundingClientRect().top
        - host.getBoundingClientRect().top""")


@pytest.mark.slow
def test_recall_contest(open_explorer: Callable[[str], Any]) -> None:
    contest = open_explorer("recall_contest")
    contest.says(
        "8 faces stored, 288 of 576 cells shown: classical has 62 wrong cells; dense has none; modern"
    )
    contest.found.get_by_role("button", name="face 5: ask for it").click()
    contest.says("8 faces stored, 288 of 576 cells shown: classical has")
    contest.found.get_by_role("button", name="show 100 %").press("Enter")
    contest.says("576 of 576 cells shown")
    contest.slide("shown", "Home")
    contest.found.get_by_role("button", name="show 50 %").click()
    contest.redrawn()
    contest.slide("M", "End")
    contest.says("64 faces stored, 288 of 576 cells shown")
    contest.says("modern has none.")
    contest.redrawn()
    contest.slide("shown", "End")
    contest.says("576 of 576 cells shown")
    contest.redrawn()
    assert not contest.found.locator("audio").count()
    before = height(contest.found)
    contest.choose("data", "melodies")
    contest.says("8 melodies stored, 512 of 512 cells shown")
    contest.redrawn()
    players = contest.found.locator("audio")
    expect(players).to_have_count(4)
    assert abs(height(contest.found) - before) < 16, "what stands below has moved"
    heard = players.nth(3).evaluate("""async player => {
        await player.play(); player.pause();
        return player.duration;
    }""")
    assert heard > 5, "the modern network sings no melody"
    contest.found.locator(".hopfield-more").click()
    contest.choose("n", "eˣ")
    contest.redrawn()
    contest.slide("beta", "Home")
    contest.says("modern has 106 wrong cells.")
    contest.redrawn()
    contest.choose("data", "faces")
    contest.says("8 faces stored")  # as many as there were melodies
    expect(players).to_have_count(0)
