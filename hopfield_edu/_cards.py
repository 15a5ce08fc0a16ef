"""How a card looks: colour, symbol and word say the same. For verdicts, hints and predictions."""

from __future__ import annotations

import html
import re

#: What JupyterLab shows of a prediction's collapsed outcome.
FOLDED = "The outcome stands here, folded: choose above before you open it."

CORRECT, NOT_YET, NOT_ATTEMPTED, GUESS = "correct", "not yet", "not attempted", "guess"

#: JupyterLab leaves no room below a closed <details>. Notebooks have no style of their own, so what every
#: chapter shows, explorers and predictions, brings this along for the whole page.
BELOW_FOLDS = ".jp-RenderedMarkdown details { margin-bottom: 1em; }"

_LOOK = {  # colour and symbol; the word says the same again
    CORRECT: ("#1b8a6b", "✔"),
    NOT_YET: ("#c8553d", "✘"),
    NOT_ATTEMPTED: ("#6b7a90", "○"),
    "hint": ("#d19900", "➜"),
    GUESS: ("#0b6e99", "?"),
}


def card(look: str, title: str, message: str, details: str = "") -> str:
    """A card as HTML: colour, symbol and word; it inherits the theme's text colour, light or dark."""
    colour, symbol = _LOOK[look]
    rgb = ", ".join(str(int(colour[k : k + 2], 16)) for k in (1, 3, 5))
    code = marked(message, quote=True)
    body = "".join(f'<div style="margin-top:.3em">{line}</div>' for line in code.split("\n") if line)
    if details:
        body += (
            '<pre style="margin:.5em 0 0;padding:.4em .6em;background:rgba(128,128,128,.12);'
            f'color:inherit;white-space:pre-wrap">{html.escape(details)}</pre>'
        )
    return (
        f'<div role="note" aria-label="{html.escape(title, quote=True)}" '
        f'style="border-left:6px solid {colour};background:rgba({rgb}, .12);color:inherit;'
        'padding:.5em .9em;margin:.4em 0;border-radius:0 6px 6px 0;max-width:52em">'
        f'<div><span aria-hidden="true" style="color:{colour};font-weight:bold">{symbol}</span> '
        f"<strong>{html.escape(title)}</strong></div>{body}</div>"
    )


def marked(text: str, *, quote: bool = False) -> str:
    """HTML of a text in which `...` marks code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text, quote=quote))


def as_text(title: str, message: str, details: str = "") -> str:
    """The same card as plain text, for logs and for comparison."""
    lines = [title, *message.split("\n"), *details.split("\n")]
    return "\n  ".join(line for line in lines if line)
