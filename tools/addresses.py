"""Write where the course is published into the documents: python tools/addresses.py

The addresses are those of `[project.urls]` in pyproject.toml. README.md gets badges, CITATION.cff its two
lines, and HUB.md the link for nbgitpuller; as long as nothing is set, they say nothing of it.
"""

import re
from pathlib import Path

from hopfield_edu._site import addresses

ROOT = Path(__file__).resolve().parents[1]
MARKS = re.compile(r"(<!-- addresses -->).*?(<!-- /addresses -->)", re.DOTALL)
FIRST = "notebooks/00_start_here.ipynb"
BADGES = {
    "Open in Binder": "https://mybinder.org/badge_logo.svg",
    "Open in Colab": "https://colab.research.google.com/assets/colab-badge.svg",
}


def badges(published: addresses.Addresses) -> str:
    """For README.md: the site, and chapter 00 in Binder and Colab."""
    links = published.elsewhere(FIRST).items()
    found = [f"[![{words}]({BADGES[words]})]({address})" for words, address in links]
    site = [f"[**Read it, or start it in your browser**]({published.site}/)"] if published.site else []
    return " ".join([*site, *found])


def hub_link(published: addresses.Addresses) -> str:
    """For HUB.md: the link that fetches the notebooks, for any Hub."""
    link = published.puller(FIRST, "https://HUB")
    return f"```\n{link}\n```" if link else ""


def citation(text: str, published: addresses.Addresses) -> str:
    """CITATION.cff with the addresses that there are."""
    kept = re.sub(r"^(url|repository-code): .*\n", "", text, flags=re.MULTILINE)
    given = {"repository-code": published.repository, "url": published.site}
    lines = "".join(f'{name}: "{address}"\n' for name, address in given.items() if address)
    return kept.replace("\nversion: ", f"\n{lines}version: ", 1)


def marked(text: str, content: str) -> str:
    """A document with this between its marks."""
    inner = f"\n{content}\n" if content else "\n"
    return MARKS.sub(lambda found: found[1] + inner + found[2], text)


def documents(root: Path) -> dict[str, str]:
    """What the three documents of a clone should say."""
    published = addresses.read(root)
    old = {
        name: (root / name).read_text(encoding="utf-8") for name in ("README.md", "CITATION.cff", "HUB.md")
    }
    return {
        "README.md": marked(old["README.md"], badges(published)),
        "CITATION.cff": citation(old["CITATION.cff"], published),
        "HUB.md": marked(old["HUB.md"], hub_link(published)),
    }


def main() -> None:
    """Write them."""
    for name, text in documents(ROOT).items():
        (ROOT / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
