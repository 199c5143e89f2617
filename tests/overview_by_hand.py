"""What the page on which the application opens has to show, counted from rows of the database."""

from collections import Counter

from panel_by_hand import ByHand, day_of

CASES = """
    SELECT row_to_json(found) FROM (
        SELECT id, area_id, user_id, legal_user_id, is_confidential, deadline_date,
            attention_date, paused_since, closed_at, stage_entry, customer_unread,
            coalesce(exclude_from_kpi, false) AS excluded
        FROM atencion_case WHERE active
    ) AS found
"""
FOLLOWED = """
    SELECT res_id FROM mail_followers
    WHERE res_model = 'atencion.case'
        AND partner_id = (SELECT partner_id FROM res_users WHERE id = {user_id})
"""
MEMBERSHIPS = "SELECT area_id FROM atencion_area_member_rel WHERE user_id = {user_id}"


class OverviewByHand(ByHand):
    """The figures of a user, counted without Odoo."""

    cases_query = CASES

    def ids(self, statement, user_id):
        return {int(id_) for [id_] in self.query(statement.format(user_id=user_id))}

    def seen_by(self, user_id, *, whole_areas=False):
        """What an agent sees: their own, what nobody has taken in their areas, what they follow.

        :param whole_areas: all cases of their areas, too
        """
        areas, followed = self.ids(MEMBERSHIPS, user_id), self.ids(FOLLOWED, user_id)

        def is_open_to_them(case):
            of_area = case["area_id"] in areas and (whole_areas or not case["user_id"])
            return not case["is_confidential"] and (of_area or case["id"] in followed)

        return [
            case
            for case in self.cases
            if user_id in (case["user_id"], case["legal_user_id"]) or is_open_to_them(case)
        ]

    def kinds(self, case, user_id):
        """The names of the figures of an area that count an open case."""
        alert, waits = self.alert(case), bool(case["paused_since"])
        return [
            name
            for name, counts in {
                "open": True,
                "new": case["stage_entry"] == 1 and not waits,
                "unassigned": not case["user_id"],
                "overdue": alert == "overdue",
                "due_today": alert == "due_today",
                "waiting": waits,
                "mine": case["user_id"] == user_id,
            }.items()
            if counts
        ]

    def areas(self, cases, user_id):
        """By area, how many cases each figure counts; of all areas below None."""
        found = {None: Counter()}
        for case in cases:
            if not case["closed_at"] and not case["excluded"]:
                for area in (None, case["area_id"]):
                    found.setdefault(area, Counter()).update(self.kinds(case, user_id))
        return found

    def own(self, user_id):
        """The figures of the own day and week, but visits."""
        begin = self.first_day_of_week(self.today)
        mine = [case for case in self.cases if case["user_id"] == user_id]
        counted = [case for case in mine if not case["excluded"]]
        closed = [
            case for case in counted if case["closed_at"] and day_of(case["closed_at"]) >= begin
        ]
        alerts = Counter(self.alert(case) for case in counted if not case["closed_at"])
        return {
            "own_overdue": alerts["overdue"],
            "own_due_today": alerts["due_today"],
            "own_unread": sum(1 for case in mine if case["customer_unread"]),
            "own_closed": len(closed),
            "own_on_time": sum(1 for case in closed if self.alert(case) == "attended_on_time"),
        }
