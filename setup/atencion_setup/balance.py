"""Parting tests so that two processors are done at about the same time.

How long each file of tests took is in setup/test_seconds.json; a run of everything writes what
it measured to .odoo/test_seconds.json, to be copied there when the parts have grown apart.
"""

import json
import re
from pathlib import Path
from statistics import mean

from .log_check import Record

MEASURED = Path(__file__).resolve().parents[1] / "test_seconds.json"
STATISTICS = "odoo.tests.stats"
OF_A_CLASS = re.compile(r"^\t\w+\.(?P<file>test_\w+)\.\w+: (?P<seconds>[\d.]+)s ")


def even_parts(files: list[Path], count: int) -> list[list[Path]]:
    """The longest first, each to the part that has least to do; unknown files are average."""
    known = json.loads(MEASURED.read_text())
    average = mean(known.values())
    parts: list[list[Path]] = [[] for _ in range(count)]
    totals = [0.0] * count
    for file in sorted(files, key=lambda file: (-known.get(file.stem, average), file.stem)):
        lightest = totals.index(min(totals))
        parts[lightest].append(file)
        totals[lightest] += known.get(file.stem, average)
    return [sorted(part) for part in parts]


def seconds_by_file(records: list[Record]) -> dict[str, float]:
    """How long the classes of each file took, by the report that ends Odoo's log of tests.

    The moments of the log itself say nothing: many tests stop the clock.
    """
    found: dict[str, float] = {}
    for record in records:
        if record.logger == STATISTICS:
            for match in filter(None, map(OF_A_CLASS.match, record.more)):
                found[match["file"]] = found.get(match["file"], 0) + float(match["seconds"])
    return found


def note(seconds: dict[str, float], file: Path) -> None:
    rounded = {name: max(1, round(value)) for name, value in sorted(seconds.items())}
    file.write_text(json.dumps(rounded, indent=1) + "\n")
