"""Counting what passed, failed and was skipped."""

from dataclasses import dataclass, field


@dataclass
class Tally:
    passed: int = 0
    failed: list[str] = field(default_factory=list)
    skipped: dict[str, str] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    """How long the tests of a file took, by its name."""

    def add(self, name: str, problem: str = "") -> None:
        """Count one check; a problem makes it a failed one."""
        if problem:
            self.failed.append(name)
            print(f"FAILED {name}\n{problem}\n", flush=True)
        else:
            self.passed += 1

    def skip(self, name: str, reason: str) -> None:
        self.skipped[name] = reason

    def add_all(self, other: "Tally") -> None:
        self.passed += other.passed
        self.failed += other.failed
        self.skipped |= other.skipped
        self.seconds |= other.seconds

    @property
    def is_empty(self) -> bool:
        return not (self.passed or self.failed or self.skipped)

    def __str__(self) -> str:
        return f"{self.passed} passed, {len(self.failed)} failed, {len(self.skipped)} skipped"
