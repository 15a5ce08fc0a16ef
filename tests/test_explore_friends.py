"""The explorer of the friends: what it draws, what it says, its corners, its clicks."""

from itertools import product

import numpy as np
import pytest

from hopfield_edu import explore, friends
from hopfield_edu.explore import _friends as memory
from hopfield_edu.explore._base import blank_figure


def draw(size=(8.6, 4.0), **parameters):
    figure = blank_figure(size)
    return figure, explore.draw_friends(figure, **parameters)


def lines(ax):
    """What is written in a list, line by line and from left to right."""
    places = sorted((y, x, word) for text in ax.texts for x, y, word in text.words)
    return [word for *_, word in places]


def marks(figure, gid):
    (line,) = [line for line in figure.axes[0].lines if line.get_gid() == gid]
    return {(int(x), int(y)) for x, y in line.get_xydata()}


CORNERS = [
    {"known": known, "wrong": wrong, "updates": updates, "M": M, "counts": counts, "rng": rng}
    for (known, wrong), updates, M, counts, rng in product(
        ((0, 0), (1, 1), (7, 1), (20, 0), (20, 20)), (0, 30, 250), (50, 1000), (False, True), (0, 20)
    )
]


@pytest.mark.parametrize("corners", [CORNERS[::9], pytest.param(CORNERS, marks=pytest.mark.slow)])
def test_drawing_at_every_corner(corners):
    """What stands in the grid is what a recall of one's own does."""
    for corner in corners:
        figure, said = draw(**corner)
        people = friends.people(corner["M"], rng=0)
        chance = np.random.default_rng(corner["rng"])
        meant = int(chance.integers(corner["M"]))
        clue = friends.clue(people[meant], chance, known=corner["known"], wrong=corner["wrong"])
        net = friends.Network(people, counts=corner["counts"])
        run = net.recall(clue, "random", rng=corner["rng"], max_sweeps=100, record=True)
        now = run.states[np.flatnonzero(run.times <= corner["updates"])[-1]]
        now = run.final if corner["updates"] == 250 else now
        assert marks(figure, "told") == {(c, v) for c, v in enumerate(clue.tolist()) if v >= 0}
        assert marks(figure, "recalled") == {(c, v) for c, v in enumerate(now.tolist()) if v >= 0}
        if corner["known"]:
            assert said.startswith(
                f"{corner['known']} of 50 properties are told, {corner['wrong'] or 'none'}"
            )
        else:
            assert said.startswith("Nothing is told")
        if corner["updates"] == 250 and corner["known"]:
            found = np.flatnonzero((people == run.final).all(axis=1))
            assert (f"It is friend {found[0] + 1}," in said) if found.size else ("rests at nobody" in said)
            assert ("as was meant" in said) == bool(found.size and found[0] == meant)
        words = [word for ax in figure.axes[2:] for word in lines(ax)]
        assert words[::2] == list(friends.VALUES[0])
        assert [int(word) for word in words[1::2]] == net.field(now)[0].astype(int).tolist()
        assert figure.axes[0].alt_text and figure.axes[1].alt_text and figure.axes[2].alt_text


def test_the_first_view_shows_the_point():
    assert explore.friends().caption == (
        "7 of 50 properties are told, 1 of them wrong. It is friend 213, Carla from Bath, as was meant. Not "
        "all that was told fits (car: told coupe, has bus)."
    )
    assert "rests at nobody" in explore.friends(counts=True).caption
    one_by_one = [explore.friends(rng=rng).caption for rng in range(5)]
    assert sum("as was meant. Not all that was told fits" in said for said in one_by_one) >= 4


def test_a_narrow_page_has_two_lists():
    figure, _ = draw((4.4, 6.9), look="town")
    assert len(figure.axes) == 4 and lines(figure.axes[2])[0] == "Aachen"
    assert lines(figure.axes[3])[0] == "Kyoto"


def test_what_is_told_by_hand():
    explorer = explore.friends(known=0, told={"eyes": "blue", "pet": "cat"})
    assert explorer.caption.startswith("2 of 50 properties are told")
    explorer.click("property 2")
    assert explorer.controls["look"].value == "eyes" and explorer.error is None
    assert explorer.targets["value 2"].name == "eyes: take blue back"
    explorer.click("value 2")
    assert explorer.caption.startswith("1 of 50 properties are told") and explorer.error is None
    explorer.click("value 3")
    assert explorer.given["told"] == {"eyes": "green", "pet": "cat"}
    explorer.controls["rng"].value = 3  # another friend
    assert explorer.given["told"] == {} and explorer.caption.startswith("Nothing is told")
    explorer.controls["known"].value = 7
    assert explorer.controls["wrong"].max == 7 and "properties are told, none" in explorer.caption
    explorer._empty()
    assert explorer.caption.startswith("Nothing is told") and explorer.controls["wrong"].max == 0


def test_the_energy_winds_the_recall():
    explorer = explore.friends()
    whole = explorer.caption
    explorer.click("energy", 3)
    assert explorer.controls["updates"].value < 50 and "On the way, the network holds" in explorer.caption
    explorer.controls["updates"].value = 250
    assert explorer.caption == whole
    energies = memory.course(memory.asked(7, 1, 0, 250, ())[1], 0, 250, False).energies
    assert (np.diff(energies) < 0).all() and explorer.targets["energy"].markers == len(energies)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"told": {"shoe size": "44"}}, "^told has 'shoe size'; that is none of the fifty"),
        ({"told": {"eyes": "pink"}}, "^told has 'pink' for 'eyes'; that is none of its values"),
        ({"told": [1, 2]}, r"^told is \[1, 2\]; a mapping such as"),
        ({"look": "shoe size"}, "^look is 'shoe size'"),
        ({"known": 21}, "^known is 21; it must be between 0 and 20"),
        ({"known": 3, "wrong": 4}, "^wrong is 4; it must be between 0 and 3"),
        ({"M": 251}, "^M is 251; choose one of 50"),
        ({"counts": 1}, "^counts is 1; True or False"),
        ({"updates": 251}, "^updates is 251"),
        ({"rng": 21}, "^rng is 21"),
    ],
)
def test_bad_arguments(wrong, words):
    with pytest.raises((ValueError, TypeError), match=words):
        explore.friends(**wrong)


def test_the_still_picture_tells_the_story():
    data, metadata = explore.friends()._repr_mimebundle_()
    assert data["text/plain"].startswith("explore.friends: 7 of 50 properties are told")
    for part in ("7 rings", "50 squares", "The energy falls from", "the largest input has Carla with 49"):
        assert part in metadata["image/png"]["alt"]
