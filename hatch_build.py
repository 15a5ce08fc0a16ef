"""Put the course into the wheel for `hopfield-edu` to copy; an editable install has the clone.

With the environment variable HOPFIELD_EDU_SLIM the wheel stays slim: in the browser edition the course lies
beside it.
"""

import os
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CourseHook(BuildHookInterface):
    """Include notebooks/, exercises/ and solutions/ as package data."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable" or os.environ.get("HOPFIELD_EDU_SLIM"):
            return
        root = Path(self.root)
        for folder in ("notebooks", "exercises", "solutions"):
            for path in sorted((root / folder).glob("**/*")):
                name = path.relative_to(root)
                if path.is_file() and not any(part[0] in "._" for part in name.parts):
                    course = f"hopfield_edu/_course/{name.as_posix()}"
                    build_data["force_include"][str(path)] = course
