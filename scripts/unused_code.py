"""Finds functions, methods and classes nobody uses, with vulture.

What templates name counts as used, and so does what a dotted path in a string names (settings, task names).
Fields and variables are left to ruff: a model's or a dataclass's field is often read by name alone.
"""

import re
import sys
import tomllib
from pathlib import Path

from vulture import Vulture

ROOT = Path(__file__).parents[1]
KINDS = {"function", "method", "class", "property", "unreachable_code"}


def named_in_templates() -> set[str]:
    """Every word inside the tags and variables of templates."""
    texts = [path.read_text(encoding="utf-8") for path in ROOT.glob("src/colibri/*/templates/**/*.*")]
    tags = [tag for text in texts for tag in re.findall(r"\{[{%](.*?)[%}]\}", text, flags=re.DOTALL)]
    return {word for tag in tags for word in re.findall(r"[A-Za-z_]\w*", tag)}


def named_in_paths() -> set[str]:
    """The last word of every quoted dotted path into the house."""
    texts = [path.read_text(encoding="utf-8") for path in ROOT.glob("src/colibri/**/*.py")]
    return {
        path.rsplit(".", 1)[1] for text in texts for path in re.findall(r"[\"'](colibri\.[\w.]+)[\"']", text)
    }


def main() -> int:
    """Prints each name with its place; 1 where there is any."""
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["vulture"]
    vulture = Vulture(ignore_names=wanted["ignore_names"], ignore_decorators=wanted["ignore_decorators"])
    vulture.scavenge([str(ROOT / path) for path in wanted["paths"]], exclude=wanted["exclude"])
    for word in named_in_templates() | named_in_paths():
        vulture.used_names.add(word)
    unused = [
        item for item in vulture.get_unused_code(min_confidence=wanted["min_confidence"]) if item.typ in KINDS
    ]
    for item in unused:
        print(f"{Path(item.filename).relative_to(ROOT)}:{item.first_lineno} {item.message}")
    return 1 if unused else 0


if __name__ == "__main__":
    sys.exit(main())
