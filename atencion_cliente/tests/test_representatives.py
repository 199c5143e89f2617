import base64

from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .support.powers import PowersCommon


@tagged("post_install", "-at_install")
class TestRepresentatives(PowersCommon):
    """Powers of attorney: what is refused, what is logged, and where they are found."""

    def told(self):
        return "".join(self.contract.message_ids.mapped("body"))

    # -------------------------------------------------------------------------
    # What is refused
    # -------------------------------------------------------------------------

    def test_refused_powers(self):
        firm = self.env["res.partner"].create({"name": "Firm", "is_company": True})
        contact = self.env["res.partner"].create({"name": "Clerk", "parent_id": firm.id})
        for words, vals in (
            ("represent themselves", {"partner_id": self.holder.id}),
            ("contact of Firm", {"partner_id": contact.id}),
            ("does not hold it", {"principal_id": self.stranger.id}),
        ):
            with self.subTest(words), self.assertRaisesRegex(ValidationError, words):
                with self.env.cr.savepoint():
                    self.power(**vals)
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            with self.env.cr.savepoint():
                self.power(date_to="2024-12-31")
        power = self.power()
        with self.assertRaisesRegex(ValidationError, "represent themselves"):
            power.principal_id = self.proxy

    def test_holder_of_the_days_of_the_power(self):
        leaving, _staying = self.contract.holder_ids
        leaving.date_to = "2025-03-31"
        self.assertTrue(self.power(date_from="2025-03-31"))
        with self.assertRaisesRegex(ValidationError, "does not hold it"):
            self.power(date_from="2025-04-01")

    def test_holders_and_their_representatives_come_together(self):
        """In whatever order a client writes them."""
        line = {"principal_id": self.stranger.id, "partner_id": self.proxy.id}
        values = {
            "representative_ids": [Command.create(line | {"date_from": "2025-01-01"})],
            "holder_ids": [Command.create({"partner_id": self.stranger.id, "share": 10})],
        }
        new = self._contract("CT-R", self.common_area, {}, **values)
        self.assertEqual(new.representative_ids.partner_id, self.proxy)
        self.contract.holder_ids[0].share = 50
        self.contract.write(values)
        self.assertEqual(self.contract.representative_ids.principal_id, self.stranger)
        alone = {"representative_ids": [Command.create(line | {"date_from": "2025-01-01"})]}
        with self.assertRaisesRegex(ValidationError, "does not hold it"):
            self.contract2.write(alone)

    def test_power_stays_in_its_contract(self):
        power = self.power()
        with self.assertRaises(UserError):
            power.contract_id = self.contract2

    def test_supervisors_register_and_administrators_delete(self):
        values = {"contract_id": self.contract.id, "principal_id": self.holder.id}
        values |= {"partner_id": self.proxy.id, "date_from": "2025-01-01"}
        powers = self.env["atencion.representative"]
        with self.assertRaises(AccessError):
            self.on(self.agent, powers).create(values)
        power = self.on(self.supervisor, powers).create(values)
        with self.assertRaises(AccessError):
            power.unlink()
        for user in (self.proxy_user, self.portal_holder, self.outsider):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.on(user, power).read(["partner_id"])
        self.on(self.agent, power).read(["partner_id"])
        with self.assertRaises(AccessError):
            self.on(self.agent_chile, power).read(["partner_id"])
        self.on(self.manager, power).unlink()

    # -------------------------------------------------------------------------
    # What is kept
    # -------------------------------------------------------------------------

    def test_contract_logs_each_change(self):
        quiet = {"tracking_disable": True, "mail_notrack": True, "mail_create_nolog": True}
        powers = self.on(self.supervisor, self.env["atencion.representative"])
        power = powers.with_context(**quiet).create(
            {"contract_id": self.contract.id, "principal_id": self.holder.id}
            | {"partner_id": self.proxy.id, "date_from": "2025-01-01"}
        )
        self.assertIn("Thomas Keller”: added: Representative: Thomas Keller", self.told())
        self.assertEqual(self.contract.message_ids[0].author_id, self.supervisor.partner_id)
        power.with_context(**quiet).write({"date_to": "2025-06-30", "right": "sign"})
        self.assertIn("In force until: – → ", self.told())
        self.assertIn("In force until: 2025-06-30", self.told())
        before = self.contract.message_ids
        power.write({"right": "sign"})
        self.assertEqual(self.contract.message_ids, before, "what changes nothing is silent")
        self.on(self.manager, self.contract).write(
            {"representative_ids": [Command.delete(power.id)]}
        )
        self.assertIn("removed: Representative: Thomas Keller", self.told())

    def test_document_is_read_with_the_power(self):
        file = self.on(self.supervisor, self.env["ir.attachment"]).create(
            {"name": "poder.pdf", "datas": base64.b64encode(b"%PDF-1.4"), "public": True}
        )
        power = self.power()
        self.on(self.supervisor, power).attachment_ids = [Command.link(file.id)]
        self.assertEqual((file.res_model, file.res_id), (power._name, power.id))
        self.assertFalse(file.public)
        self.assertIn("poder.pdf", self.told())
        self.assertTrue(self.on(self.agent, file).has_access("read"))
        for user in (self.proxy_user, self.portal_holder, self.agent_chile):
            self.assertFalse(self.on(user, file).has_access("read"))

    def test_duplicate_of_a_contract_has_no_representatives(self):
        self.power()
        self.assertFalse(self.contract.copy().representative_ids)

    # -------------------------------------------------------------------------
    # In force
    # -------------------------------------------------------------------------

    def test_day_is_the_companys(self):
        """At 03:30 UTC it still is the day before in Lima."""
        power = self.power(date_from="2025-05-01", date_to="2025-05-01")
        for moment, in_force in (
            ("2025-05-01 03:30:00", False),
            ("2025-05-01 17:00:00", True),
            ("2025-05-02 03:30:00", True),
            ("2025-05-02 17:00:00", False),
        ):
            with self.subTest(moment), freeze_time(moment):
                self.env.invalidate_all()
                self.assertEqual(power.is_in_force, in_force)

    def test_ends_with_the_holding(self):
        power = self.power()
        self.assertTrue(power.is_in_force)
        line = self.contract.holder_ids.filtered(lambda one: one.partner_id == self.holder)
        line.date_to = "2025-06-30"
        self.assertFalse(power.is_in_force)

    # -------------------------------------------------------------------------
    # Contacts
    # -------------------------------------------------------------------------

    def merge(self, source, into):
        self.env.flush_all()
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard._merge((source | into).ids, into)
        self.env.flush_all()
        self.env.invalidate_all()

    def test_merged_contacts_keep_their_powers(self):
        double = self.env["res.partner"].create({"name": "T. Keller"})
        power = self.power(partner_id=double.id)
        self.merge(double, into=self.proxy)
        self.assertEqual(power.partner_id, self.proxy)

    def test_nobody_represents_themselves_after_a_merge(self):
        double = self.env["res.partner"].create({"name": "Rosa Q."})
        power = self.power(partner_id=double.id)
        self.merge(double, into=self.holder)
        self.assertFalse(power.exists())
        self.assertIn("removed: Representative: Rosa Q.", self.told())

    def test_representative_is_not_merged_into_a_contact_of_a_company(self):
        firm = self.env["res.partner"].create({"name": "Firm", "is_company": True})
        double = self.env["res.partner"].create({"name": "T. Keller"})
        self.power(partner_id=double.id, active=False)
        clerk = self.env["res.partner"].create({"name": "Clerk", "parent_id": firm.id})
        with self.assertRaisesRegex(ValidationError, "Choose T. Keller as the destination"):
            self.merge(double, into=clerk)
        self.merge(clerk, into=double)
        self.assertFalse(double.parent_id)

    def test_contact_with_a_power_is_not_deleted(self):
        double = self.env["res.partner"].create({"name": "T. Keller"})
        self.power(partner_id=double.id)
        with self.assertRaisesRegex(UserError, "represents a holder of contract CT-1"):
            double.unlink()

    def test_contact_shows_its_powers(self):
        power = self.power()
        for partner in (self.proxy, self.holder):
            partner = self.on(self.agent, partner)
            self.assertEqual(partner.atencion_power_count, 1)
            action = partner.action_open_atencion_representatives()
            self.assertEqual(power.search(action["domain"]), power)
        self.assertEqual(self.stranger.atencion_power_count, 0)

    # -------------------------------------------------------------------------
    # Cases
    # -------------------------------------------------------------------------

    def test_lookup_finds_the_contract_and_says_so(self):
        power = self.power()
        lookup = self.on(self.agent, self.env["atencion.case"]).lookup
        [match] = lookup("DNI 70000109")
        self.assertEqual(
            match["matched"],
            "Identity number 70000109 of Thomas Keller, who represents Rosa Quispe",
        )
        named = {name: value["display_name"] for name, value in match["values"].items()}
        self.assertEqual(
            (named["contract_id"], named["partner_id"], named["requester_id"]),
            ("CT-1", "Rosa Quispe", "Thomas Keller"),
        )
        [match, _other] = lookup("70000101")
        self.assertNotIn("requester_id", match["values"], "a holder asks for themselves")
        power.date_to = "2025-01-31"
        [match] = lookup("70000109")
        self.assertFalse(match["values"]["contract_id"])

    def test_relation_of_a_representative_is_proposed(self):
        self.power()
        cases = self.env["atencion.case"].with_company(self.lima)
        for first, second in (("contract_id", "requester_id"), ("requester_id", "contract_id")):
            with self.subTest(first), Form(cases) as form:
                for name in (first, second):
                    value = self.contract if name == "contract_id" else self.proxy
                    setattr(form, name, value)
                self.assertEqual(form.requester_relation, "proxy")
                form.subject, form.type_id = "Leak", self.type_two_days
        with Form(cases) as form:
            form.subject, form.type_id = "Leak", self.type_two_days
            form.requester_relation = "tenant"
            form.contract_id, form.requester_id = self.contract, self.proxy
            self.assertEqual(form.requester_relation, "tenant", "what was chosen stays")
        with Form(cases) as form:
            form.subject, form.type_id = "Leak", self.type_two_days
            form.contract_id, form.requester_id = self.contract2, self.proxy
            self.assertFalse(form.requester_relation, "he represents nobody in this contract")

    def test_customers_of_a_case_are_told_as_before(self):
        self.power()
        case = self.create_case(contract_id=self.contract.id)
        self.assertEqual(case._customers(), self.holder)
        self.assertNotIn(self.proxy, case.message_partner_ids)

    def test_letters_of_confidential_cases_go_to_no_representative(self):
        double = self.env["res.partner"].create({"name": "T. Keller"})
        expert = self.env["res.partner"].create({"name": "Expert"})
        self.power(partner_id=double.id)
        case = self.create_case(contract_id=self.contract.id, is_confidential=True)
        self.assertEqual(case._allowed_recipients(double | expert), expert)

    # -------------------------------------------------------------------------
    # Import
    # -------------------------------------------------------------------------

    def test_powers_are_imported(self):
        header = ["contract_id", "principal_id", "partner_id", "right", "date_from", "date_to"]
        powers = self.on(self.manager, self.env["atencion.representative"])
        row = ["CT-1", "70000101", "70000109", "Register, answer and sign", "2025-01-01", ""]
        result = powers.with_context(import_file=True).load(header, [row])
        self.assertFalse(result["messages"])
        power = powers.browse(result["ids"])
        self.assertEqual((power.partner_id, power.right), (self.proxy, "sign"))
        row[1] = "70000104"
        result = powers.with_context(import_file=True).load(header, [row])
        self.assertIn("does not hold it", str(result["messages"]))
        self.assertEqual(set(powers._import_columns()), set(header))
