"""The marks of the workloads: what must hold, and what is aimed for."""

from dataclasses import dataclass
from enum import Enum

FLAT = 2.0
"""What is called flat may take so many times its time at the smallest size."""


class Verdict(Enum):
    MET = "met"
    MUST_ONLY = "only the must"
    MISSED = "missed"
    UNKNOWN = "–"


@dataclass(frozen=True)
class Mark:
    """A bound of the ratio to the peer, or of milliseconds where nobody does the same work."""

    must: float
    aim: float | None = None
    statements: int | None = None
    """The most statements a unit."""
    flat: bool = False
    """Whether it may not grow with the number of cases."""
    unit: str = "ratio"
    """`ratio` of the time, `memory` ratio, or `ms` a unit."""
    from_size: int = 0
    """The smallest size that the bound is meant for: small tables are read at once by anybody."""

    @property
    def text(self) -> str:
        """
        >>> Mark(0.7, 0.5, statements=45).text
        '≤ 0.7, aim 0.5; ≤ 45 statements'
        >>> Mark(5, unit="ms", flat=True).text
        '≤ 5 ms; flat'
        """
        unit = " ms" if self.unit == "ms" else ""
        parts = [f"≤ {self.must:g}{unit}" + (f", aim {self.aim:g}" if self.aim else "")]
        if self.statements is not None:
            plural = "" if self.statements == 1 else "s"
            parts.append(f"≤ {self.statements} statement{plural}")
        if self.flat:
            parts.append("flat")
        return "; ".join(parts)


def judge(
    mark: Mark | None,
    value: float | None,
    statements: float | None = None,
    growth: float | None = None,
) -> Verdict:
    """Whether a mark is met, by what was measured at the largest size.

    Statements and growth have one bound: without it the must is not met.
    """
    if mark is None or value is None:
        return Verdict.UNKNOWN
    value = round(value, 2)
    too_many = mark.statements is not None and round(statements or 0) > mark.statements
    too_steep = mark.flat and growth is not None and growth > FLAT
    if value > mark.must or too_many or too_steep:
        return Verdict.MISSED
    if mark.aim is not None and value > mark.aim:
        return Verdict.MUST_ONLY
    return Verdict.MET
