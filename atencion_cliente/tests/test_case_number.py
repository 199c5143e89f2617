from freezegun import freeze_time
from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .support.common import NOTE, AtencionCommon

# What no client writes, with a value that one could try.
SERVER_ONLY = {
    "name": "AC-FORGED",
    "sheet_number": "PL-FORGED",
    "reopen_count": 7,
    "closed_at": "2025-01-01 00:00:00",
    "paused_since": "2025-01-01 00:00:00",
    "reactivated_at": "2025-01-01 00:00:00",
    "has_limit": True,
    "limit_days": 99,
    "count_mode": "working",
    "deadline_date": "2030-01-01",
}
NOT_COPIED = (
    "attention_date",
    "closed_at",
    "reopen_count",
    "reactivated_at",
    "stage_note",
    "response",
    "resolution",
    "customer_comment",
    "expected_date",
    "user_id",
)


@tagged("post_install", "-at_install")
class TestCaseNumber(AtencionCommon):
    def _number(self, case):
        return int(case.name.rsplit("-", 1)[1])

    @freeze_time("2025-01-06 15:00:00")
    def test_each_company_counts_its_own_cases(self):
        first = self.create_case()
        chilean = self.create_case(type_id=self.type_chile.id)
        second = self.create_case()
        self.assertEqual(self._number(second), self._number(first) + 1)
        third = self.create_case(type_id=self.type_chile.id)
        self.assertEqual(self._number(third), self._number(chilean) + 1)
        self.assertRegex(first.name, r"^LH\d*-2025-\d{5}$")
        self.assertRegex(first.sheet_number, r"^PL-LH\d*-2025-\d{5}$")

    def test_year_of_the_number_is_the_companys(self):
        with freeze_time("2025-01-01 03:30:00"):
            self.assertIn("-2024-", self.create_case().name)
            self.assertIn("-2025-", self.create_case(type_id=self.type_chile.id).name)

    def test_batch_over_companies_is_numbered_in_order(self):
        chilean = {"type_id": self.type_chile.id}
        cases = self.env["atencion.case"].create(
            [self.case_values(**vals) for vals in ({}, chilean, {}, {}, chilean)]
        )
        for same_company in cases.grouped("company_id").values():
            numbers = [self._number(case) for case in same_company]
            self.assertEqual(numbers, list(range(numbers[0], numbers[0] + len(numbers))))
        self.assertEqual(len(cases.grouped("company_id")), 2)

    def test_every_way_of_creating_numbers(self):
        Case = self.env["atencion.case"]
        imported = Case.load(
            ["subject", "type_id/.id", "company_id/.id"],
            [["Imported", str(self.type_two_days.id), str(self.lima.id)]],
        )
        saved = Case.web_save(self.case_values(), {"name": {}})
        made = (
            Case.browse(imported["ids"]),
            Case.browse(saved[0]["id"]),
            self.create_case().copy(),
            self.on(self.agent, Case).create(self.case_values()),
        )
        names = [case.sudo().name for case in made]
        self.assertEqual(len(set(names)), 4)
        self.assertTrue(all(names))

    def test_sequence_without_gaps_numbers_too(self):
        sequence = self.env["ir.sequence"].search(
            [("code", "=", "atencion.case"), ("company_id", "=", self.lima.id)]
        )
        sequence.write({"implementation": "no_gap", "prefix": "CASO/", "number_next": 41})
        self.assertEqual(self.create_cases(2).mapped("name"), ["CASO/00041", "CASO/00042"])

    def test_copy_is_a_new_case(self):
        case = self.ready_case(
            "REA", response="<p>Yes</p>", customer_comment="Fine", user_id=self.agent.id
        )
        copy = case.copy()
        self.assertNotEqual(copy.name, case.name)
        self.assertNotEqual(copy.sheet_number, case.sheet_number)
        self.assertEqual(copy.stage_code, "PRO")
        self.assertEqual(copy.subject, "Water under the sink (copy)")
        self.assertEqual(len(self.ledger_entries(copy)), 1)
        self.assertFalse(copy.document_ids)
        for name in NOT_COPIED:
            self.assertFalse(copy[name], name)

    def test_copy_of_an_old_case_is_received_today(self):
        with freeze_time("2025-01-01 15:00:00"):
            case = self.create_case()
        with freeze_time("2025-03-01 15:00:00"):
            copy = case.copy()
            self.assertEqual(str(copy.request_date), "2025-03-01")
            self.assertEqual(copy.alert_state, "on_time")

    def test_copy_in_the_batch_keeps_each_subject(self):
        cases = self.create_case(subject="One") | self.create_case(subject="Two")
        self.assertEqual(cases.copy().mapped("subject"), ["One (copy)", "Two (copy)"])

    # -------------------------------------------------------------------------
    # Server-only fields
    # -------------------------------------------------------------------------

    def test_no_client_writes_what_the_system_writes(self):
        root_case = self.create_case()
        for user in (self.agent, self.supervisor, self.manager):
            case = self.on(user, root_case)
            for name, value in SERVER_ONLY.items():
                with self.subTest(user=user.login, field=name):
                    with self.assertRaises(AccessError):
                        case.write({name: value})
                    # The past of a new case is a supervisor's to tell (TestCaseHistoryImport).
                    refusal = AccessError
                    if name == "closed_at" and user != self.agent:
                        refusal = ValidationError
                    with self.assertRaises(refusal):
                        case.create(self.case_values(**{name: value}))

    def test_context_gives_no_permission(self):
        case = self.on(self.manager, self.create_case())
        for forged in (True, 1, "server", {}):
            with self.assertRaises(AccessError):
                case.with_context(atencion_server=forged).write({"name": "AC-FORGED"})

    def test_emptying_is_refused_like_writing(self):
        case = self.on(self.manager, self.create_case())
        for name in SERVER_ONLY:
            with self.subTest(field=name), self.assertRaises(AccessError):
                case.write({name: False})

    def test_empty_values_of_a_client_do_not_replace_the_systems(self):
        """A form sends the empty values of a new record: they decide nothing."""
        empty = dict.fromkeys(SERVER_ONLY, False)
        case = self.create_case(**empty)
        self.assertTrue(case.name)
        self.assertTrue(case.has_limit)
        self.assertEqual(case.limit_days, 2)
        self.assertEqual(case.count_mode, "calendar")
        self.assertTrue(case.deadline_date)
        waiting = self.create_case(type_id=self.type_documents.id, **empty)
        self.assertTrue(waiting.paused_since)

    def test_property_fields_that_follow_are_not_written(self):
        case = self.create_case(unit_id=self.flat.id)
        for name, value in (("block_id", self.tower.id), ("promoter_id", self.promoter.id)):
            with self.assertRaises(AccessError):
                case.write({name: value})

    # -------------------------------------------------------------------------
    # Uniqueness
    # -------------------------------------------------------------------------

    def test_database_refuses_a_number_twice(self):
        first, second = self.create_cases(2)
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            second._write_checked({"name": first.name})
            self.env.flush_all()

    def test_sequence_that_falls_back_is_refused_not_repeated(self):
        sequence = self.env["ir.sequence"].search(
            [("code", "=", "atencion.case"), ("company_id", "=", self.lima.id)]
        )
        case = self.create_case()
        sequence.number_next = self._number(case)
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self.create_case()

    def test_company_without_a_sequence_says_what_to_do(self):
        self.env["ir.sequence"].search(
            [("code", "=", "atencion.case"), ("company_id", "=", self.lima.id)]
        ).unlink()
        with self.assertRaises(UserError) as refusal:
            self.create_case()
        self.assertIn("Lima Homes", str(refusal.exception))
        self.assertIn("Sequences", str(refusal.exception))

    def test_new_company_numbers_at_once(self):
        company = self.env["res.company"].create({"name": "New Homes"})
        codes = self.env["ir.sequence"].search([("company_id", "=", company.id)]).mapped("code")
        self.assertLessEqual({"atencion.case", "atencion.case.sheet"}, set(codes))

    def test_change_of_state_keeps_the_number(self):
        case = self.ready_case()
        name = case.name
        self.move(case, "REJ", NOTE)
        self.move(case, "REA", NOTE)
        self.assertEqual(case.name, name)
