import random
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import SQL

from ..models.case import atencion_case_visibility
from .support.common import AtencionCommon

CASE = "atencion.case"
# What is seen with its case, and the table it is in.
LINES = (
    "atencion.case.history",
    "atencion.case.document",
    "atencion.case.correction",
    "atencion.escalation.log",
)
CASES = 40
ROUNDS = 6
# The rules as they were written in 19.0.1.6.0, with the array that followers were then.
FORMER_RULES = """
    SELECT id FROM atencion_case c
     WHERE company_id = ANY(%(companies)s) AND (
        %(sees_all)s
        OR user_id = %(user)s
        OR legal_user_id = %(user)s
        OR is_confidential IS NOT TRUE AND user_id IS NULL AND area_id = ANY(%(areas)s)
        OR is_confidential IS NOT TRUE AND id = ANY(ARRAY(
            SELECT res_id FROM mail_followers
             WHERE res_model = 'atencion.case' AND partner_id = %(partner)s))
        OR %(sees_area)s AND is_confidential IS NOT TRUE AND area_id = ANY(%(areas)s))
"""


@tagged("post_install", "-at_install")
class TestVisibleCases(AtencionCommon):
    """Whoever sees a case is the same as ever: for random cases and followers, by each path."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        here = cls.create_cases(CASES, type_id=cls.type_documents.id)
        cls.cases = here | cls.create_cases(CASES // 4, type_id=cls.type_chile.id)
        cls.env.flush_all()
        cls.env.cr.execute(
            """
            INSERT INTO atencion_case_correction
                (case_id, company_id, field_name, old_value, new_value, user_id, moment)
            SELECT id, company_id, 'received_at', received_at, received_at, create_uid, received_at
              FROM atencion_case WHERE id = ANY(%(ids)s);
            INSERT INTO atencion_escalation_log
                (case_id, company_id, rule_version, reopening, stage_entry, fired_at, mode)
            SELECT id, company_id, 0, 0, 0, received_at, 'active'
              FROM atencion_case WHERE id = ANY(%(ids)s)
            """,
            {"ids": cls.cases.ids},
        )
        cls.staff = (
            cls.agent | cls.agent2 | cls.deeds_agent | cls.area_user | cls.legal_adviser
        ) | (cls.agent_chile | cls.supervisor)
        cls.auditor = cls._create_user("auditor", "auditor", cls.lima)
        cls.staff |= cls.auditor

    def _shuffle(self, chance):
        """Give the cases random people and areas, and random followers."""
        some = (None, None, *self.staff.ids)
        areas = (self.repairs | self.deeds).ids
        for case in self.cases:
            values = {
                "user_id": chance.choice(some),
                "legal_user_id": chance.choice((*(None,) * 8, *self.staff.ids)),
                "is_confidential": chance.choice((True, False, False, None)),
                "active": chance.random() < 0.9,
            }
            if case.company_id == self.lima:
                values["area_id"] = chance.choice(areas)
            changes = SQL(", ").join(
                SQL("%s = %s", SQL.identifier(name), value) for name, value in values.items()
            )
            self.env.cr.execute(SQL("UPDATE atencion_case SET %s WHERE id = %s", changes, case.id))
        self.env.cr.execute(
            "DELETE FROM mail_followers WHERE res_model = %s AND partner_id = ANY(%s)",
            [CASE, self.staff.partner_id.ids],
        )
        for user in self.staff:
            share = chance.choice((0, 0.1, 0.8))
            followed = [case.id for case in self.cases if chance.random() < share]
            self.env.cr.execute(
                "INSERT INTO mail_followers (res_model, res_id, partner_id)"
                " SELECT %s, unnest(%s::int[]), %s",
                [CASE, followed, user.partner_id.id],
            )
        for user in self.agent | self.area_user:
            number = chance.randrange(3)
            user.atencion_area_ids = chance.sample((self.repairs | self.deeds).ids, number)
        self.env.flush_all()
        self.env.invalidate_all()
        self.env.cr.cache.clear()

    def _formerly_seen(self, user):
        groups = {
            name: user.has_group(f"atencion_cliente.group_{name}")
            for name in ("supervisor", "auditor", "area_user")
        }
        self.env.cr.execute(
            FORMER_RULES,
            {
                "companies": user.company_ids.ids,
                "user": user.id,
                "partner": user.partner_id.id,
                "areas": user.atencion_area_ids.ids,
                "sees_all": groups["supervisor"] or groups["auditor"],
                "sees_area": groups["area_user"],
            },
        )
        return {case_id for (case_id,) in self.env.cr.fetchall()} & set(self.cases.ids)

    def _assert_seen(self, user, expected):
        ours = [("id", "in", self.cases.ids)]
        found = self.on(user, self.env[CASE]).with_context(active_test=False).search(ours)
        self.assertEqual(set(found.ids), expected, "a search")
        readable = self.on(user, self.cases)._filtered_access("read")
        self.assertEqual(set(readable.ids), expected, "cases that are opened")
        self._assert_counted(user, expected)
        for name in LINES:
            lines = self.env[name].sudo().search([("case_id", "in", self.cases.ids)])
            seen = self.on(user, self.env[name]).search([("id", "in", lines.ids)])
            due = lines.filtered(lambda line: line.case_id.id in expected)
            self.assertTrue(lines, name)
            self.assertEqual(set(seen.ids), set(due.ids), name)

    def _assert_counted(self, user, expected):
        """A page of a list has these cases, and counts them as far as it is asked to."""
        seen = self.on(user, self.env[CASE]).with_context(active_test=False)
        ours = [("id", "in", self.cases.ids)]
        page = seen.web_search_read(ours, {"name": {}}, limit=len(self.cases))
        self.assertEqual({row["id"] for row in page["records"]}, expected, "a page")
        seen.search(ours)
        followed = sum(case.is_followed for case in seen.browse(expected))
        for counted, total in (
            (ours, len(expected)),
            ([*ours, ("is_followed", "=", True)], followed),
            ([*ours, ("is_followed", "=", False)], len(expected) - followed),
        ):
            for limit in (1, len(self.cases) // 2, len(self.cases)):
                self.assertEqual(seen.search_count(counted, limit), min(total, limit), counted)

    def _assert_unchanged(self, seed, many):
        self._shuffle(random.Random(seed))
        with patch.object(atencion_case_visibility, "MANY", many):
            for user in self.staff:
                with self.subTest(user=user.login, seed=seed, many=many):
                    self._assert_seen(user, self._formerly_seen(user))

    def test_few_followed(self):
        for seed in range(ROUNDS):
            self._assert_unchanged(seed, many=1000)

    def test_many_followed(self):
        for seed in range(ROUNDS):
            self._assert_unchanged(seed, many=3)

    def test_page_that_is_read_answers_for_nobody_else(self):
        case, hidden = self.create_cases(2, user_id=self.deeds_agent.id, area_id=self.deeds.id)
        found = self.on(self.supervisor, case)
        in_lima = found.with_context(allowed_company_ids=self.lima.ids)
        with found._known_as_readable():
            self.assertFalse(found._check_access("read"))
            self.assertTrue(found._check_access("unlink"))
            for other in (
                in_lima.with_user(self.agent),
                (in_lima | hidden).with_user(self.agent),
                found.with_context(allowed_company_ids=self.santiago.ids),
            ):
                self.assertFalse(other._filtered_access("read"))
        self.assertFalse(in_lima.with_user(self.agent)._filtered_access("read"))

    def test_following_counts_at_once(self):
        case = self.create_case(user_id=self.deeds_agent.id, area_id=self.deeds.id)
        seen = self.on(self.agent, self.env[CASE])
        ours = [("id", "=", case.id)]
        self.assertFalse(seen.search(ours))
        case.message_subscribe(self.agent.partner_id.ids)
        self.assertTrue(seen.search(ours))
        case.message_unsubscribe(self.agent.partner_id.ids)
        self.assertFalse(seen.search(ours))
