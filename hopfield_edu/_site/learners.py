"""The learner's notebooks as a branch of the repository, which Colab and nbgitpuller open.

They are those of a learner's copy, without what would spoil a prediction, and each begins with a cell that
installs the course in Colab and does nothing elsewhere. So the chapters themselves need no such cell, and
open with something to move.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hopfield_edu import __version__, _copy
from hopfield_edu._site import addresses

NAME = "install-in-colab"  # the id of the cell
INSTALL = """\
# @title In Colab run this cell first: it installs the course. Elsewhere it does nothing.
import sys

if "google.colab" in sys.modules:
    %pip install --quiet "REQUIREMENT"
"""


def build(root: Path, out: Path) -> None:
    """Write the notebooks, and all that lies beside them, into a new folder.

    The folder is a learner's copy in all else: what is predicted and answered in it is recorded there.

    Raises
    ------
    ValueError
        If no repository is set, from which Colab could install the course.
    """
    requirement = addresses.read(root).requirement()
    if not requirement:
        raise ValueError(
            "Colab would not know from where to install the course: "
            "set Repository in [project.urls] of pyproject.toml"
        )
    entries = {}
    for name, content in _copy.deliveries(root):
        if name.endswith(".ipynb"):
            content = with_install(content, requirement)
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(content)
        entries[name] = _copy.Entry((_copy.digest(content),))
    _copy.write_manifest(out, __version__, entries)


def with_install(notebook: bytes, requirement: str) -> bytes:
    """A notebook that begins with the cell for Colab, folded to its title there and hidden elsewhere."""
    content = json.loads(notebook)
    content["cells"].insert(0, install(requirement))
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def install(requirement: str) -> dict[str, Any]:
    """The cell that installs the course in Colab."""
    source = INSTALL.strip().replace("REQUIREMENT", requirement)
    hidden = {"cellView": "form", "jupyter": {"source_hidden": True}, "tags": ["colab"]}
    return {
        "cell_type": "code",
        "id": NAME,
        "metadata": hidden,
        "execution_count": None,
        "outputs": [],
        "source": source.splitlines(keepends=True),
    }
