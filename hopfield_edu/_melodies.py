"""The beginnings of eight old melodies as piano rolls: 8 pitches of C major, 64 steps of a sixteenth note."""

from __future__ import annotations

import base64
import html
import io
import wave
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hopfield_edu import _check

PITCHES = "CDEFGABc"  # from C4 (middle C) up to C5
SEMITONES = (0, 2, 4, 5, 7, 9, 11, 12)
STEPS = 64
SHAPE = (len(PITCHES), STEPS)

# Pitch and length in eighths; four bars of 4/4. All melodies are in the public domain.
_NOTES = {
    "Ode to Joy": "E2 E2 F2 G2 G2 F2 E2 D2 C2 C2 D2 E2 E3 D1 D4",
    "Frère Jacques": "C2 D2 E2 C2 C2 D2 E2 C2 E2 F2 G4 E2 F2 G4",
    "Twinkle, Twinkle": "C2 C2 G2 G2 A2 A2 G4 F2 F2 E2 E2 D2 D2 C4",
    "Mary Had a Little Lamb": "E2 D2 C2 D2 E2 E2 E4 D2 D2 D4 E2 G2 G4",
    "London Bridge": "G3 A1 G2 F2 E2 F2 G4 D2 E2 F4 E2 F2 G4",
    "Jingle Bells": "E2 E2 E4 E2 E2 E4 E2 G2 C3 D1 E8",
    "Alle meine Entchen": "C1 D1 E1 F1 G2 G2 A1 A1 A1 A1 G4 A1 A1 A1 A1 G4 F1 F1 F1 F1 E2 E2",
    "Hänschen klein": "G2 E2 E4 F2 D2 D4 C2 D2 E2 F2 G2 G2 G4",
}

MELODIES = tuple(_NOTES)


def roll(name: str) -> NDArray[np.int_]:
    """The piano roll of a melody: (8, 64) array, +1 where a pitch sounds, lowest pitch first.

    The last sixteenth of every note is silent, so that repeated notes can be told apart.

    Examples
    --------
    >>> roll("Ode to Joy").shape
    (8, 64)
    """
    picture, at = np.full((len(PITCHES), STEPS), -1), 0
    for note in _NOTES[_check.one_of(name, "name", MELODIES)].split():
        length = 2 * int(note[1:])
        picture[PITCHES.index(note[0]), at : at + length - 1] = 1
        at += length
    return picture


def samples(picture: ArrayLike, rate: int = 8000, beats_per_minute: float = 150) -> NDArray[np.uint8]:
    """The sound of a piano roll (8, T): 8-bit samples, `rate` per second, T sixteenth notes long.

    A cell above 0 sounds. Every pitch is a sine and a little of its octave, faded in and out; the loudest
    moment uses the whole range, and silence is 128.
    """
    on = _check.real_array(picture, "picture") > 0
    if on.ndim != 2 or len(on) != len(PITCHES) or not on.size:
        raise ValueError(f"picture has shape {on.shape}; ({len(PITCHES)}, T) is wanted, a row per pitch")
    step = round(rate * 15 / beats_per_minute)
    loudness = np.repeat(on, step, axis=1).astype(float)
    fade = (1 - np.cos(np.pi * np.arange(step // 8) / (step // 8))) / 2
    for start in range(step, loudness.shape[1], step):  # from one step to the next without a click
        before, after = loudness[:, start - 1, None], loudness[:, start, None]
        loudness[:, start : start + step // 8] = before + (after - before) * fade
    sound = (loudness * _tones(loudness.shape[1], rate)).sum(axis=0)
    return np.rint(128 + 120 * sound / max(np.abs(sound).max(), 1.0)).astype(np.uint8)


@lru_cache(maxsize=8)
def _tones(length: int, rate: int) -> NDArray[np.float64]:
    """Every pitch, sounding all the time: (8, length) array."""
    frequency = 261.6256 * 2 ** (np.array(SEMITONES) / 12)
    phase = 2 * np.pi * frequency[:, None] * np.arange(length) / rate
    return np.sin(phase) + 0.3 * np.sin(2 * phase)


def spelled(picture: ArrayLike) -> str:
    """The pitches in the order in which they begin; those that begin together in brackets."""
    on = np.asarray(picture) > 0
    begins = on & ~np.column_stack([np.zeros(len(on), bool), on[:, :-1]])
    chords = ["".join(np.array(list(PITCHES))[column]) for column in begins.T if column.any()]
    return " ".join(chord if len(chord) == 1 else f"[{chord}]" for chord in chords)


class Sound:
    """A piano roll that a notebook plays: an audio element with the sound in it, 8 bits and 8 kHz.

    Not IPython's Audio, which holds twice the bytes, whose HTML changes from version to version, and
    which says nothing to those who read instead of listen.
    """

    def __init__(self, picture: ArrayLike, rate: int = 8000):
        self.samples, self.rate = samples(picture, rate), rate
        self.notes = spelled(picture)

    @property
    def wav(self) -> bytes:
        """The sound as a WAV file."""
        buffer = io.BytesIO()
        with wave.open(buffer, "wb") as file:
            file.setparams((1, 1, self.rate, 0, "NONE", ""))
            file.writeframes(self.samples.tobytes())
        return buffer.getvalue()

    def __repr__(self) -> str:
        seconds = len(self.samples) / self.rate
        return f"{seconds:.1f} seconds of sound: {self.notes or 'silence'}"

    def _repr_html_(self) -> str:
        data = base64.b64encode(self.wav).decode()
        label = html.escape(str(self), quote=True)
        return f'<audio controls aria-label="{label}" src="data:audio/wav;base64,{data}"></audio>'
