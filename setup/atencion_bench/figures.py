"""What is told of measurements: medians a unit, ratios of two sides, growth between sizes."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median


@dataclass(frozen=True)
class Sample:
    """One repeat of a workload."""

    wall: float
    """Seconds that passed."""
    cpu: float
    """Seconds of processors, of Python and of PostgreSQL: other programs do not change them."""
    statements: int
    units: int = 1
    """How many records the work was done for: figures are told for one."""


@dataclass(frozen=True)
class Figure:
    """What one side needs for one unit of a workload at one size."""

    wall: float
    cpu: float
    statements: float
    units: int
    repeats: int
    memory: float | None = None
    """Megabytes beyond those of the idle process, where they are measured."""

    def as_dict(self) -> dict:
        return asdict(self)


def summary(samples: Sequence[Sample], memory: float | None = None) -> Figure:
    """The medians of the repeats, a unit."""
    return Figure(
        wall=median(sample.wall / sample.units for sample in samples),
        cpu=median(sample.cpu / sample.units for sample in samples),
        statements=median(sample.statements / sample.units for sample in samples),
        units=samples[-1].units,
        repeats=len(samples),
        memory=memory,
    )


def ratio(ours: float | None, theirs: float | None) -> float | None:
    """How much of the other's need is ours: 0.5 is half of it.

    >>> ratio(1.0, 4.0)
    0.25
    >>> ratio(1.0, None) is None
    True
    """
    return ours / theirs if ours is not None and theirs else None


def paired_ratio(ours: Sequence[Sample], theirs: Sequence[Sample]) -> float:
    """The median of the ratios of wall time, repeat by repeat: neighbours see the same load."""
    return median(
        (own.wall / own.units) / (other.wall / other.units)
        for own, other in zip(ours, theirs, strict=False)
    )


def growth(by_size: Mapping[int, float]) -> float | None:
    """How often the need of the smallest size is that of the largest: 1 is flat.

    >>> growth({1000: 2.0, 100000: 5.0})
    2.5
    >>> growth({1000: 2.0}) is None
    True
    """
    if len(by_size) < 2:
        return None
    return ratio(by_size[max(by_size)], by_size[min(by_size)])
