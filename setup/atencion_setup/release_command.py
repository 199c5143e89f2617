"""./setup/release: the git tag of a version, once changelog, manifest and commit agree."""

import argparse
import ast
import re
from dataclasses import dataclass
from pathlib import Path

from .checkout import Checkout
from .errors import SetupError
from .processes import output

HEADING = re.compile(r"^## (?P<version>19(?:\.\d+){4}) \((?P<date>\d{4}-\d\d-\d\d)\)\n", re.M)


@dataclass(frozen=True)
class Entry:
    """What the changelog says of one version."""

    version: str
    date: str
    text: str

    @property
    def message(self) -> str:
        return f"{self.version} ({self.date})\n\n{self.text}"


def entries(changelog: str) -> list[Entry]:
    """The versions of a changelog, the newest first."""
    found = list(HEADING.finditer(changelog))
    ends = [match.start() for match in found[1:]] + [len(changelog)]
    return [
        Entry(match["version"], match["date"], changelog[match.end() : end].strip())
        for match, end in zip(found, ends, strict=True)
    ]


def main(arguments: list[str], checkout: Checkout) -> int:
    parser = argparse.ArgumentParser(
        prog="./setup/release",
        description="Tag the version of a commit, with what CHANGELOG.md says of it.",
    )
    parser.add_argument("commit", nargs="?", help="an older one; without it, what is checked out")
    parser.add_argument("--check", action="store_true", help="only say whether it could be tagged")
    options = parser.parse_args(arguments)
    [name] = [addon.name for addon in checkout.addons if addon.manifest.get("application")]
    entry = releasable(checkout.root, name, options.commit)
    if not options.check:
        _tag(checkout.root, entry, options.commit or "HEAD")
    print(entry.message)
    return 0


def _tag(root: Path, entry: Entry, commit: str) -> None:
    # Verbatim: git takes lines that begin with # for comments, and they are headings here.
    message = ["--cleanup=verbatim", f"--message={entry.message}"]
    _git(root, "tag", "--annotate", *message, entry.version, commit)


def releasable(root: Path, application: str, commit: str | None = None) -> Entry:
    """The changelog's entry for the version of a commit; a SetupError says what is amiss."""
    manifest = _git(root, "show", f"{commit or 'HEAD'}:{application}/__manifest__.py")
    version = ast.literal_eval(manifest)["version"]
    known = entries((root / "CHANGELOG.md").read_text())
    if commit is None:
        _must_be_ready(root, version, known)
    if _git(root, "tag", "--list", version):
        raise SetupError(f"There is a tag {version} already.")
    for entry in known:
        if entry.version == version:
            return entry
    raise SetupError(f"CHANGELOG.md has no entry «## {version} (YYYY-MM-DD)».")


def _must_be_ready(root: Path, version: str, known: list[Entry]) -> None:
    """What is released now is committed, and the newest of the changelog."""
    if _git(root, "status", "--porcelain"):
        raise SetupError("There are changes that are not committed: git status")
    if not known or known[0].version != version:
        newest = known[0].version if known else "nothing"
        raise SetupError(f"The manifest is {version}, and the newest of CHANGELOG.md is {newest}.")


def _git(root: Path, *arguments: str) -> str:
    return output(["git", *arguments], cwd=root)
