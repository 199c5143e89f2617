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
LONGEST = 600
BEGINS = re.compile(r"^Starting \w+\.test")


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
    """By the log of Odoo's tests. Setting up a class counts for the test before it."""
    found: dict[str, float] = {}
    current = None
    for record, following in zip(records, records[1:], strict=False):
        if BEGINS.match(record.message):
            current = record.logger.rpartition(".")[2]
        if current and not record.logger.startswith("odoo.modules"):
            seconds = (following.moment - record.moment).total_seconds()
            # Tests that stop the clock have its time in the log, too.
            if 0 < seconds < LONGEST:
                found[current] = found.get(current, 0) + seconds
    return found


def note(seconds: dict[str, float], file: Path) -> None:
    rounded = {name: max(1, round(value)) for name, value in sorted(seconds.items())}
    file.write_text(json.dumps(rounded, indent=1) + "\n")
