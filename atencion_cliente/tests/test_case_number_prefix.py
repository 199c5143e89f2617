from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from .support.area_mail import ROSA, AreaMailCommon
from .support.search_box import typed_in_box

CASE = "atencion.case"
REFUSED = ("L", "2LH", "1234", "LÑ", "LH/PV", "L H!", "", "ABCDEFGHIJKLM")


@tagged("post_install", "-at_install")
class TestCaseNumberPrefix(AreaMailCommon):
    """Each company has a prefix for its numbers; what was numbered keeps its number."""

    def sequence(self, company, code=CASE):
        return self.env["ir.sequence"].search(
            [("code", "=", code), ("company_id", "=", company.id)]
        )

    def with_settings(self, **values):
        settings = self.env["res.config.settings"].with_company(self.lima).create(values)
        settings.execute()
        self.env.invalidate_all()

    # -------------------------------------------------------------------------
    # Companies
    # -------------------------------------------------------------------------

    def test_each_new_company_has_letters_of_its_own(self):
        names = ("Casas del Sur S.A.C.", "Condominio Santa", "Viva", "3", "Casas Sur")
        companies = self.env["res.company"].create([{"name": name} for name in names])
        prefixes = companies.mapped("atencion_case_prefix")
        self.assertEqual(prefixes[0][:2], "CS")
        self.assertEqual(prefixes[2][:3], "VIV")
        sheets = companies.mapped("atencion_sheet_prefix")
        self.assertEqual(sheets, [f"PL-{prefix}" for prefix in prefixes])
        every = self.env["res.company"].search([])
        found = [*every.mapped("atencion_case_prefix"), *every.mapped("atencion_sheet_prefix")]
        self.assertEqual(len(found), len(set(found)), found)

    def test_a_company_is_created_with_letters(self):
        company = self.env["res.company"].create({"name": "Vega", "atencion_case_prefix": "vg"})
        self.assertEqual(company.atencion_case_prefix, "VG")
        self.assertEqual(self.sequence(company).prefix, "VG-%(year)s-")

    # -------------------------------------------------------------------------
    # Settings
    # -------------------------------------------------------------------------

    @freeze_time("2026-03-01 15:00:00")
    def test_settings_change_the_next_numbers(self):
        before = self.create_case()
        settings = self.env["res.config.settings"].with_company(self.lima)
        with Form(settings) as form:
            form.atencion_case_prefix = "zz-pv"
            number = int(before.name[-5:]) + 1
            self.assertEqual(form.atencion_case_example, f"ZZ-PV-2026-{number:05d}")
            form.atencion_case_prefix = "Z"
            self.assertFalse(form.atencion_case_example)
            form.atencion_case_prefix = " zz "
            form.atencion_sheet_prefix = "PZ"
        form.record.execute()
        case = self.create_case()
        self.assertEqual(case.name, f"ZZ-2026-{number:05d}")
        self.assertRegex(case.sheet_number, r"^PZ-2026-\d{5}$")
        self.assertNotEqual(before.name[:3], "ZZ-")
        for one in (before, case):
            self.assertIn(one, typed_in_box(case, one.name.lower()))
        logged = self.env["atencion.setting.change"].search(
            [("company_id", "=", self.lima.id), ("field_name", "=", "atencion_case_prefix")]
        )
        self.assertEqual(logged[:1].new_value, "ZZ")

    def test_wrong_letters_are_refused(self):
        for prefix in REFUSED:
            with self.subTest(prefix=prefix), self.assertRaises(ValidationError):
                self.with_settings(atencion_case_prefix=prefix)
        taken = self.santiago.atencion_case_prefix
        with self.assertRaises(ValidationError) as refusal:
            self.with_settings(atencion_case_prefix=taken)
        self.assertIn("Santiago Homes", str(refusal.exception))
        with self.assertRaises(ValidationError):
            self.with_settings(atencion_sheet_prefix=taken)

    def test_rules_hold_for_the_sequence_too(self):
        sequence = self.sequence(self.lima)
        for prefix in ("%(year)s-", "A-%(year)s-", self.sequence(self.santiago).prefix):
            with self.subTest(prefix=prefix), self.assertRaises(ValidationError):
                sequence.prefix = prefix
        other = self.env["ir.sequence"].create({"name": "Other", "code": "other", "prefix": "1"})
        other.prefix = sequence.prefix

    def test_another_pattern_is_shown_and_stays(self):
        self.sequence(self.lima).write({"prefix": "CASO/", "padding": 3})
        self.assertEqual(self.lima.atencion_case_prefix, "CASO/")
        self.with_settings(atencion_case_prefix="CASO/")
        self.assertEqual(self.sequence(self.lima).prefix, "CASO/")
        settings = self.env["res.config.settings"].with_company(self.lima).create({})
        self.assertEqual(settings.atencion_case_example[:5], "CASO/")

    def test_a_company_returns_to_its_former_letters(self):
        former = self.lima.atencion_case_prefix
        self.with_settings(atencion_case_prefix="ZZ")
        with self.assertRaises(ValidationError):
            self.santiago.atencion_case_prefix = former
        self.with_settings(atencion_case_prefix=former)
        self.assertEqual(self.lima.atencion_case_prefix, former)

    def test_companies_that_begin_alike_are_told(self):
        settings = self.env["res.config.settings"].with_company(self.lima)
        self.assertFalse(settings.create({}).atencion_prefix_warning)
        self._share_a_prefix()
        self.assertIn("Santiago Homes", settings.create({}).atencion_prefix_warning)
        self.with_settings(atencion_case_prefix="ZZ")
        self.assertFalse(settings.create({}).atencion_prefix_warning)

    def _share_a_prefix(self):
        """As an earlier version numbered all companies."""
        sequences = self.sequence(self.lima) | self.sequence(self.santiago)
        self.env.cr.execute(
            "UPDATE ir_sequence SET prefix = 'QQ-%%(year)s-' WHERE id = ANY(%s)", [sequences.ids]
        )
        self.env.invalidate_all()

    # -------------------------------------------------------------------------
    # Mails
    # -------------------------------------------------------------------------

    def test_former_numbers_are_recognised(self):
        former = self.followed_case()
        self.with_settings(atencion_case_prefix="ZZ")
        case = self.followed_case()
        self.assertEqual(case.name[:3], "ZZ-")
        self.env.cr.flush()
        for one in (former, case):
            message = self.joins(one, subject=f"Re: [{one.name}] gotea")
            self.assertEqual(message.author_id, self.holder)

    def test_one_number_in_several_companies(self):
        """A mail to an area means the case of its company, and a stranger's number no case."""
        self._share_a_prefix()
        case = self.followed_case()
        twin = self.env[CASE].create(
            {"subject": "Twin", "company_id": self.santiago.id, "type_id": self.type_chile.id}
        )
        twin._write_checked({"name": case.name, "requester_email": ROSA})
        self.env.cr.flush()
        self.joins(case, subject=f"Re: {case.name}")
        self.assertFalse(twin.message_ids.filtered(lambda one: one.message_type == "email"))
        self.assertFalse(self.env[CASE]._route_by_number(case.name, "nobody@example.org"))
        case._write_checked({"name": "QQ-2001-99999"})
        self.env.cr.flush()
        made = self.makes_case(subject=f"Re: {twin.name}")
        self.assertEqual(made.company_id, self.lima)
        self.assertFalse(twin.message_ids.filtered(lambda one: one.message_type == "email"))
