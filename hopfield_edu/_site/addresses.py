"""Where the course is published, and the links that follow from it.

The one setting is the table `[project.urls]` of pyproject.toml, where packages say it anyway. It is empty
until there is an address; links that need one are then left out. `python tools/addresses.py` writes them into
the documents that cannot ask: README.md, CITATION.cff and HUB.md.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

#: The branch with the learner's notebooks, which Colab and nbgitpuller open (`.ci/learners`).
BRANCH = "learners"
#: The learner's copy that Binder makes (`binder/postBuild`).
COPY = "my-course"
ADDRESS = re.compile(r"https://[\w.-]+(?::\d+)?(?:/[\w.~-]+)*/?")
GITHUB = re.compile(r"https://github\.com/([\w.-]+/[\w.-]+)")


@dataclass(frozen=True)
class Addresses:
    """Where the course is published; an empty text where it is not.

    Attributes
    ----------
    repository : str
        The address that git clones.
    site : str
        The folder that `hopfield-edu site` has built, as it is served.

    Examples
    --------
    >>> Addresses("https://github.com/NAME/hopfield_edu").colab("notebooks/03_energy.ipynb")
    'https://colab.research.google.com/github/NAME/hopfield_edu/blob/learners/notebooks/03_energy.ipynb'
    >>> Addresses().colab("notebooks/03_energy.ipynb")
    ''
    """

    repository: str = ""
    site: str = ""

    def binder(self, path: str) -> str:
        """The link that opens a notebook of the learner's copy in Binder."""
        if not self.repository:
            return ""
        place = self._github()
        place = f"gh/{place}" if place else f"git/{quote(self.repository, safe='')}"
        return f"https://mybinder.org/v2/{place}/HEAD?{_query(urlpath=f'lab/tree/{COPY}/{path}')}"

    def colab(self, path: str) -> str:
        """The link that opens a notebook in Colab, which knows GitHub only."""
        place = self._github()
        return f"https://colab.research.google.com/github/{place}/blob/{BRANCH}/{path}" if place else ""

    def elsewhere(self, path: str) -> dict[str, str]:
        """Where else than in the live course a notebook opens: words and links, none if there is no link."""
        found = {"Open in Binder": self.binder(path), "Open in Colab": self.colab(path)}
        return {words: link for words, link in found.items() if link}

    def puller(self, path: str, hub: str) -> str:
        """The link that fetches the learner's notebooks on a Hub with nbgitpuller, and opens one of them."""
        if not self.repository:
            return ""
        where = {"repo": self.repository, "branch": BRANCH, "targetPath": COPY}
        return f"{hub}/hub/user-redirect/git-pull?{_query(**where, urlpath=f'lab/tree/{COPY}/{path}')}"

    def requirement(self) -> str:
        """What pip installs the course from, or nothing."""
        return f"hopfield_edu @ git+{self.repository}" if self.repository else ""

    def _github(self) -> str:
        found = GITHUB.fullmatch(self.repository)
        return found[1] if found else ""


def read(root: Path) -> Addresses:
    """The setting of a clone.

    Raises
    ------
    ValueError
        If what is set is no address.
    """
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    urls = {name.lower(): address for name, address in project.get("urls", {}).items()}
    given = [urls.get(name, "") for name in ("repository", "homepage")]
    for address in filter(None, given):
        if not ADDRESS.fullmatch(address):
            raise ValueError(
                "pyproject.toml, [project.urls]: an address such as https://HOST/NAME is wanted, "
                f"not {address!r}"
            )
    return Addresses(*(address.rstrip("/").removesuffix(".git") for address in given))


def _query(**fields: str) -> str:
    return urlencode(fields, quote_via=quote, safe="")
