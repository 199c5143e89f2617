"""The plan of a demo case."""

import re
from dataclasses import dataclass
from typing import NamedTuple

STEP = re.compile(r"(?P<code>[A-Z]{3})\+(?P<day>\d+)(?::(?P<area>\w+))?")


class Step(NamedTuple):
    """A change of state, ``day`` days after the request; a transfer names the new area."""

    code: str
    day: int
    area: str = ""


@dataclass(frozen=True)
class CasePlan:
    """A case and its changes of state, in keys of the other modules.

    ``age``: days from the request to today.
    ``route``: the changes after the first state, with days from the request: ``"WCE+2 CLO+6"``.
    ``unit``: empty for a case without contract, which has a ``project``.
    ``requester``: empty for the first holder of the contract, or their representative.
    ``user``: the assignee; empty for a member of the area, ``-`` for none.
    ``sheet``: letter of the requirement sheet (pliego) that several cases share.
    """

    case_type: str
    unit: str
    age: int
    route: str
    category: str
    subject: str
    priority: str = "1"
    source: str = ""
    user: str = ""
    project: str = ""
    requester: str = ""
    relation: str = ""
    sheet: str = ""
    request_type: str = ""
    confidential: bool = False

    def steps(self) -> list[Step]:
        """The changes of state, in order.

        >>> CasePlan("repair", "", 9, "TRA+2:legal PRO+5", "leak", "").steps()
        [Step(code='TRA', day=2, area='legal'), Step(code='PRO', day=5, area='')]
        """
        return [
            Step(match["code"], int(match["day"]), match["area"] or "")
            for match in STEP.finditer(self.route)
        ]

    @property
    def is_closed(self) -> bool:
        return self.route.rpartition(" ")[2][:3] in ("CLO", "REJ")
