"""Reading Odoo's log: what it warns of, and what its tests did."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

LINE = re.compile(
    r"^(?P<moment>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) \d+ "
    r"(?P<level>[A-Z]+) (?P<database>\S+) (?P<logger>[\w.-]+): (?P<message>.*)$"
)
COMPLAINTS = ("WARNING", "ERROR", "CRITICAL")


@dataclass
class Record:
    """One message of the log, with the lines that follow it (a traceback, for instance)."""

    moment: datetime
    level: str
    logger: str
    message: str
    more: list[str] = field(default_factory=list)

    @property
    def is_complaint(self) -> bool:
        return self.level in COMPLAINTS

    def __str__(self) -> str:
        lines = [f"{self.level} {self.logger}: {self.message}", *self.more]
        return "\n".join(lines)


def read_log(log: Path) -> list[Record]:
    records: list[Record] = []
    for line in log.read_text(errors="replace").splitlines():
        match = LINE.match(line)
        if match:
            moment = datetime.strptime(match["moment"], "%Y-%m-%d %H:%M:%S,%f")
            records.append(Record(moment, match["level"], match["logger"], match["message"]))
        elif records:
            records[-1].more.append(line)
    return records


def problems_in(log: Path) -> list[Record]:
    """The warnings and errors of a run in which none was expected.

    Those that a test expects never get here: assertLogs and mute_logger keep them.
    """
    return [record for record in read_log(log) if record.is_complaint]
