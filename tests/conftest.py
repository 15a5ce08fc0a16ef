"""What tests of several modules share."""

from __future__ import annotations

import pytest


@pytest.fixture
def unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures are drawn but not turned into pictures, which takes most of the time."""
    from hopfield_edu.explore import _svg

    monkeypatch.setattr(_svg, "as_svg", lambda figure: "<svg>not looked at</svg>")
