"""Notebooks as web pages, with what spoils a prediction folded away.

    python tools/pages.py FOLDER [NOTEBOOK ...]   # one page for each notebook (by default the chapters)

The pages are nbconvert's own, but for four things: an output that `tools/notebooks.py` has marked with
`outputs_hidden` stands in a <details> that the reader opens, long lines of code are wrapped, not cut off,
labels of states are not broken, and there is room below what is folded. For the course's site and handouts.
"""

import argparse
import re
import sys
from pathlib import Path

import nbformat
from nbconvert import HTMLExporter

from hopfield_edu._cards import BELOW_FOLDS

ROOT = Path(__file__).resolve().parents[1]

SUMMARY = "Outcome of the prediction: choose first, then open"
# A page of 900 px shows 97 characters of code in a line, and nbconvert would cut the others off.
WRAPPED = "div.jp-CodeMirrorEditor pre { white-space: pre-wrap; overflow-wrap: anywhere; }"
# A line may end after a hyphen, and "+++" at the start of the next would pass for a state of three units.
LABEL = re.compile(r"<code>([+−-]{2,12})</code>")
# What JupyterLab shows of a collapsed output. Here the summary says it, and an open outcome is not folded.
FOLDED = "The outcome stands here, folded: choose above before you open it."
TEMPLATE = f"""\
{{%- extends 'lab/index.html.j2' -%}}
{{%- block html_head_css -%}}
{{{{ super() }}}}
<style>{WRAPPED} {BELOW_FOLDS}</style>
{{%- endblock html_head_css -%}}
{{% block output_group %}}
{{%- if cell.metadata.get('jupyter', {{}}).get('outputs_hidden') -%}}
<details class="hopfield-outcome"><summary style="margin: 4px 0 4px 76px; cursor: pointer">{SUMMARY}</summary>
{{{{ super() }}}}
</details>
{{%- else -%}}
{{{{ super() }}}}
{{%- endif -%}}
{{% endblock output_group %}}
"""


def exporter() -> HTMLExporter:
    """nbconvert's exporter to HTML, with outcomes folded; its other options are as ever."""
    return HTMLExporter(raw_template=TEMPLATE)


def page(path: Path) -> str:
    """A notebook as a page of HTML."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [o for o in cell.outputs if o.get("data", {}).get("text/plain") != FOLDED]
    title = {"metadata": {"name": path.stem}}
    html = exporter().from_notebook_node(notebook, resources=title)[0]
    return LABEL.sub(r"<code style='white-space: nowrap'>\1</code>", html)


def main(argv: list[str] | None = None) -> int:
    """Write the pages."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("notebooks", type=Path, nargs="*")
    arguments = parser.parse_args(argv)
    arguments.folder.mkdir(parents=True, exist_ok=True)
    for path in arguments.notebooks or sorted(ROOT.glob("notebooks/*.ipynb")):
        target = arguments.folder / f"{path.stem}.html"
        target.write_text(page(path), encoding="utf-8")
        print(target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
