"""What the panels of Odoo's dashboards have to show, counted from rows of the database."""

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

LIMA = ZoneInfo("America/Lima")
PERIOD = timedelta(days=89)
CASES = """
    SELECT row_to_json(found) FROM (
        SELECT id, area_id, project_id, unit_id, type_id, category_id, user_id, request_date,
            deadline_date, attention_date, paused_since, closed_at
        FROM atencion_case WHERE active AND NOT coalesce(exclude_from_kpi, false)
    ) AS found
"""
ENTRIES = """
    SELECT row_to_json(found) FROM (
        SELECT entry.area_id, entry.stage_id, entry.closed, entry.left_at, entry.entered_at,
            CASE WHEN entry.is_first THEN received_at ELSE entered_at END AS began_at
        FROM atencion_case_history AS entry JOIN atencion_case AS known ON known.id = case_id
        WHERE NOT coalesce(exclude_from_kpi, false)
    ) AS found
"""
WEEK_START = "SELECT week_start FROM res_lang WHERE code = 'es_PE'"


@dataclass
class ByHand:
    """What the database has, counted without Odoo."""

    query: object
    cases_query = CASES

    def __post_init__(self):
        self.today = datetime.now(LIMA).date()
        self.cases = [json.loads(row) for [row] in self.query(self.cases_query)]
        self.entries = [json.loads(row) for [row] in self.query(ENTRIES)]

    def in_period(self, day):
        return bool(day) and self.today - PERIOD <= day_of(day) <= self.today

    def open(self):
        return [case for case in self.cases if not case["closed_at"]]

    def closed(self):
        return [case for case in self.cases if self.in_period(case["closed_at"])]

    def received(self):
        return [case for case in self.cases if self.in_period(case["request_date"])]

    def attended(self):
        """With a deadline, in the period."""
        return [
            case
            for case in self.cases
            if self.in_period(case["attention_date"]) and case["deadline_date"]
        ]

    def reopened(self):
        return [one for one in self.entries if one["closed"] and self.in_period(one["left_at"])]

    def alert(self, case):
        deadline, attended = case["deadline_date"], case["attention_date"]
        if not deadline:
            return "attended" if attended else "none"
        if attended:
            return "attended_on_time" if attended <= deadline else "attended_late"
        day = day_of(case["paused_since"]) if case["paused_since"] else self.today
        left = (day_of(deadline) - day).days
        return "overdue" if left < 0 else "on_time" if left else "due_today"

    def age(self, case):
        until = day_of(case["attention_date"]) if case["attention_date"] else self.today
        days = (until - day_of(case["request_date"])).days
        lasts = [(7, "00_07"), (15, "08_15"), (30, "16_30"), (60, "31_60")]
        return next((name for last, name in lasts if days <= last), "61_up")

    def week(self, case, name="attention_date"):
        """The week of a day of a case, by its first day; the newest is the least."""
        return -self.first_day_of_week(day_of(case[name])).toordinal()

    def flow(self):
        """What was received and closed, by week."""
        received = Counter(self.week(case, "request_date") for case in self.received())
        closed = Counter(self.week(case, "closed_at") for case in self.closed())
        return {week: [received[week], closed[week]] for week in received.keys() | closed.keys()}

    def months(self, field):
        """What was received, by a field and month, the newest month first."""
        months = sorted({case["request_date"][:7] for case in self.received()}, reverse=True)
        return table_of(self.received(), field, lambda case: case["request_date"][:7], months)

    def first_day_of_week(self, day):
        [[start]] = self.query(WEEK_START)
        return day - timedelta(days=(day.isoweekday() - int(start)) % 7)

    def stays(self):
        """Of times that began in the period: the area, the state, and the hours of each."""
        now = datetime.now(ZoneInfo("UTC"))
        for entry in self.entries:
            if not entry["closed"] and self.in_period(entry["entered_at"]):
                until = moment(entry["left_at"]) if entry["left_at"] else now
                lasted = max(0, (until - moment(entry["began_at"])).total_seconds() / 3600)
                yield entry["area_id"], entry["stage_id"], lasted

    def hours(self):
        """By area and state."""
        found = defaultdict(Counter)
        for area, stage, lasted in self.stays():
            found[area][stage] += lasted
        return found

    def hours_and_stays(self, place):
        """By area (0) or state (1): the hours, and how many stays they are of.

        :param place: that of the area or the state in a stay
        """
        found = defaultdict(lambda: [0, 0])
        for stay in self.stays():
            found[stay[place]][0] += stay[2]
            found[stay[place]][1] += 1
        return found


def moment(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("UTC"))


def day_of(text):
    """A day, or the day of a moment in Lima."""
    return date.fromisoformat(text) if len(text) == 10 else moment(text).astimezone(LIMA).date()


def table_of(cases, field, kind, columns):
    """The table of cases by a field: how many, and how many of each kind."""
    found = defaultdict(Counter)
    for case in cases:
        found[field(case) if callable(field) else case[field]][kind(case)] += 1
    return {row: [kinds.total(), *(kinds[one] for one in columns)] for row, kinds in found.items()}


def of_persons(open_, closed):
    """The table of who has what, from tables by person.

    :param open_: by person: how many are open, and how many of them overdue
    :param closed: by person: how many were closed, on time and late
    """
    persons = (open_.keys() | closed.keys()) - {None}
    return {one: open_.get(one, [0, 0]) + closed.get(one, [0, 0, 0]) for one in persons}


def summed(rows, width):
    return [sum(row[place] for row in rows) for place in range(width)]
