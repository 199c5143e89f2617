"""What ./setup/bench tells: a page of Markdown and its plots.

    python -m atencion_bench.report RESULT.jsonl FOLDER

Needs no Odoo; matplotlib only for the plots.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path

from .figures import growth, ratio
from .marks import Verdict, judge
from .sides import OURS, PEER, SIDES
from .workloads import WORKLOADS

WORDS = {
    Verdict.MET: "met",
    Verdict.MUST_ONLY: "must met, aim not",
    Verdict.MISSED: "**missed**",
    Verdict.UNKNOWN: "–",
}


class Row:
    """A workload with what was measured of it: by size, then by side."""

    def __init__(self, workload):
        self.workload = workload
        self.figures: dict[int, dict[str, dict]] = defaultdict(dict)
        self.paired: dict[int, float] = {}
        self.limits: dict[int, float] = {}
        self.errors: dict[int, str] = {}

    def add(self, line: dict) -> None:
        size = line["size"]
        self.figures[size] |= line["sides"]
        if "paired" in line:
            self.paired[size] = line["paired"]
        if "limit" in line:
            self.limits[size] = line["limit"]
        if "error" in line:
            self.errors[size] = line["error"]

    def of(self, side: str, name: str, size: int) -> float | None:
        return self.figures[size].get(side, {}).get(name)

    def ratio(self, size: int, name: str = "cpu") -> float | None:
        return ratio(self.of(OURS, name, size), self.of(PEER, name, size))

    def growth(self, side: str) -> float | None:
        by_size = {size: self.of(side, "cpu", size) for size in self.figures}
        return growth({size: value for size, value in by_size.items() if value is not None})

    def value(self, size: int) -> float | None:
        """What the mark is about."""
        unit = self.workload.mark.unit if self.workload.mark else "ratio"
        if unit == "ms":
            needed = self.of(OURS, "cpu", size)
            return needed * 1000 if needed is not None else None
        return self.ratio(size, "memory" if unit == "memory" else "cpu")

    @property
    def largest(self) -> int:
        return max(self.figures)

    @property
    def verdict(self) -> Verdict:
        mark = self.workload.mark
        if self.errors:
            return Verdict.MISSED if mark else Verdict.UNKNOWN
        if mark and mark.from_size > self.largest:
            return Verdict.UNKNOWN
        statements = self.of(OURS, "statements", self.largest)
        return judge(mark, self.value(self.largest), statements, self.growth(OURS))


def read(file: Path) -> tuple[dict, list[Row]]:
    """The machine, and the rows that were measured, in the order of the workloads."""
    machine, *lines = map(json.loads, file.read_text().splitlines())
    rows = {workload.key: Row(workload) for workload in WORKLOADS}
    for line in lines:
        for key in _keys(line):
            rows[key].add(line)
    return machine, [row for row in rows.values() if row.figures]


def _keys(line: dict) -> list[str]:
    """One export gives two rows, of time and of memory."""
    return ["export_time", "export_memory"] if line["key"] == "export" else [line["key"]]


def page(machine: dict, rows: list[Row]) -> str:
    sizes = sorted({size for row in rows for size in row.figures})
    return "\n".join(
        [
            "# Results",
            "",
            _machine(machine),
            "",
            "What is equal on both sides, and how to read this: [README.md](README.md).",
            "",
            "![Ratio to the peer, by row](ratios.png)",
            "",
            *_marks(rows),
            "",
            *_table(rows, sizes),
            "",
            "![Time by number of cases](growth.png)",
            "",
            *_errors(rows),
        ]
    )


def _machine(machine: dict) -> str:
    return (
        f"Measured on {machine['date']}, version {machine['version']} (commit"
        f" {machine['commit']}), on {machine['cores']} cores with {machine['memory_gb']} GB:"
        f" Odoo {machine['odoo']}, Python {machine['python']}, PostgreSQL {machine['postgres']}."
        f" Load when it began: {machine['load']}."
    )


def _marks(rows: list[Row]) -> list[str]:
    """At the largest size: the mark, what was measured, and whether it is met."""
    lines = [
        "## Marks",
        "",
        "| row | at | mark | ratio of CPU | of wall time | statements | growth | |",
        "|---|--:|---|--:|--:|--:|--:|---|",
    ]
    for row in rows:
        mark, size = row.workload.mark, row.largest
        unit = mark.unit if mark else "ratio"
        paired = "" if unit == "memory" else number(row.paired.get(size, row.ratio(size, "wall")))
        cells = [
            row.workload.title,
            f"{size:,}",
            mark.text if mark else "",
            number(row.value(size)) + (" ms" if unit == "ms" else ""),
            paired,
            "" if unit == "memory" else number(row.of(OURS, "statements", size)),
            "" if unit == "memory" else number(row.growth(OURS)),
            WORDS[row.verdict],
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def _table(rows: list[Row], sizes: list[int]) -> list[str]:
    """Each row at each size: wall time and CPU in milliseconds, statements."""
    lines = [
        "## All figures",
        "",
        "Medians, a case where a row is about several: wall time (CPU) in ms, statements.",
        "",
        f"| row | cases | {SIDES[PEER].title} | q | {SIDES[OURS].title} | q | ratio of CPU"
        " | plain SQL |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for row in rows:
        for size in sizes:
            if size in row.figures:
                lines.append(_line(row, size))
    return lines


def _line(row: Row, size: int) -> str:
    unit = row.workload.mark.unit if row.workload.mark else "ratio"
    cells = [row.workload.title, f"{size:,}"]
    for side in (PEER, OURS):
        if unit == "memory":
            cells.append(number(row.of(side, "memory", size)) + " MB")
        else:
            wall, cpu = (number(_ms(row.of(side, name, size))) for name in ("wall", "cpu"))
            cells.append(f"{wall} ({cpu})" if wall else "")
        cells.append("" if unit == "memory" else number(row.of(side, "statements", size)))
    cells.append(number(row.ratio(size, "memory" if unit == "memory" else "cpu")))
    cells.append(number(_ms(row.limits.get(size))))
    return f"| {' | '.join(cells)} |"


def _errors(rows: list[Row]) -> list[str]:
    found = [(row, size, text) for row in rows for size, text in row.errors.items()]
    if not found:
        return []
    lines = [f"- {row.workload.title}, {size:,}: {text}" for row, size, text in found]
    return ["## Could not be measured", "", *lines, ""]


def _ms(seconds: float | None) -> float | None:
    return None if seconds is None else seconds * 1000


def number(value: float | None) -> str:
    """Three figures are enough.

    >>> [number(value) for value in (None, 0.1234, 5.678, 43.21, 1234.5)]
    ['', '0.12', '5.7', '43', '1,234']
    """
    if value is None:
        return ""
    if value < 1:
        return f"{value:.2f}"
    return f"{value:.1f}" if value < 10 else f"{value:,.0f}"


def main(result: str, folder: str) -> None:
    from . import plots

    machine, rows = read(Path(result))
    target = Path(folder)
    (target / "results.md").write_text(page(machine, rows))
    plots.draw(rows, target)


if __name__ == "__main__":
    main(*sys.argv[1:])
