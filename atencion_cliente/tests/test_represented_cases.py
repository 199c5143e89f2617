from datetime import date, timedelta

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError
from odoo.modules.module import load_script
from odoo.tests import tagged

from .support.many_cases import ManyCases
from .support.powers import PowersCommon

FEW, MANY = 100, 10_000
TODAY = date(2025, 4, 1)
# What a representative of Rosa in CT-1 sees on that day, by power and by case. A case is of
# CT-1, of Rosa and requested on this day, but for what is said.
TABLE = (
    ("nothing special", {}, {}, True),
    ("of its first day", {"date_from": TODAY}, {}, True),
    ("of its last day", {"date_to": TODAY}, {}, True),
    ("power of tomorrow", {"date_from": "2025-04-02"}, {}, False),
    ("revoked yesterday", {"date_to": "2025-03-31"}, {}, False),
    ("archived power", {"active": False}, {}, False),
    ("who may only see", {"right": "see"}, {}, True),
    ("requested before the power", {"date_from": "2025-03-02"}, {"request_date": "2025-03-01"}, 0),
    ("on its first day", {"date_from": "2025-03-01"}, {"request_date": "2025-03-01"}, True),
    ("confidential", {}, {"is_confidential": True}, False),
    ("confidential, he asked", {}, {"is_confidential": True, "requester": "proxy"}, True),
    ("archived case", {}, {"active": False}, True),
    ("of a later holder too", {}, {"partner": "coholder"}, True),
    ("another contract", {}, {"contract": "contract2"}, False),
    ("without a contract", {}, {"contract": ""}, False),
    ("of a co-holder", {"principal": "coholder"}, {}, True),
)


@tagged("post_install", "-at_install")
@freeze_time("2025-04-01 17:00:00")
class TestRepresentedCases(PowersCommon):
    """What representatives see in the portal, day by day, and what they may do there."""

    def named(self, vals):
        """Values in which records are named by their names in this class."""
        fields = {"principal": "principal_id", "requester": "requester_id"}
        fields |= {"partner": "partner_id", "contract": "contract_id"}
        return {
            fields.get(name, name): bool(value) and getattr(self, value).id
            if name in fields
            else value
            for name, value in vals.items()
        }

    def case(self, **vals):
        values = {"contract_id": self.contract.id, "partner_id": self.holder.id}
        return self.create_case(**(values | self.named(vals)))

    def test_truth_table(self):
        for words, power, case, sees in TABLE:
            with self.subTest(words), self.env.cr.savepoint() as savepoint:
                case = self.case(**case).with_context(active_test=False)
                self.power(**self.named(power))
                model = self.on(self.proxy_user, case).with_context(active_test=False)
                self.assertEqual(model.has_access("read"), bool(sees))
                self.assertEqual(bool(model.search([("id", "=", case.id)])), bool(sees))
                self.assertFalse(self.on(self.portal_stranger, case).has_access("read"))
                savepoint.rollback()

    def test_right_ends_with_its_day_and_with_the_holding(self):
        case = self.case()
        self.power(date_to="2025-04-30")
        self.assertEqual(self.seen_by(self.proxy_user, case), case)
        with freeze_time("2025-05-01 04:30:00"):
            self.assertTrue(self.seen_by(self.proxy_user, case), "still April in Lima")
        with freeze_time("2025-05-01 17:00:00"):
            self.assertFalse(self.seen_by(self.proxy_user, case))
            self.assertTrue(self.seen_by(self.portal_holder, case))

    def test_holder_who_left_keeps_their_past_and_their_representative_does_not(self):
        case = self.case()
        self.power()
        self.power(principal_id=self.coholder.id, date_to=TODAY)
        self.contract._change_holders({self.stranger: 100}, TODAY + timedelta(days=1), "")
        with freeze_time("2025-04-02 17:00:00"):
            after = self.case(partner="stranger")
            both = case | after
            self.assertEqual(self.seen_by(self.portal_holder, both), case)
            self.assertEqual(self.seen_by(self.portal_stranger, both), after)
            self.assertFalse(self.seen_by(self.proxy_user, both))

    def test_contacts_of_a_firm_that_represents(self):
        firm = self.env["res.partner"].create({"name": "Managers", "is_company": True})
        self.proxy.parent_id = firm
        case = self.case()
        self.power(partner_id=firm.id)
        self.assertEqual(self.seen_by(self.proxy_user, case), case)

    def test_two_companies(self):
        lot = self.flat.create({"name": "Lot", "code": "S", "project_id": self.project_chile.id})
        chile = self._contract("CT-8", lot, {self.holder: 100})
        values = {"type_id": self.type_chile.id, "contract_id": chile.id}
        abroad, here = self.create_case(**values), self.case()
        power = self.power()
        self.assertEqual(self.seen_by(self.proxy_user, abroad | here), here)
        power.active = False
        self.power(contract_id=chile.id)
        self.assertFalse(self.seen_by(self.proxy_user, here))

    def test_client_does_not_unarchive_by_its_context(self):
        case = self.case()
        self.power(active=False)
        model = self.on(self.proxy_user, case).with_context(active_test=False)
        self.assertFalse(model.has_access("read"))

    def test_rule_of_former_versions_lets_them_see(self):
        """An update keeps what somebody changed in the rule."""
        rule = self.env.ref("atencion_cliente.atencion_case_rule_portal")
        rule.domain_force = (
            "['|', ('requester_id', '=', user.partner_id.id), "
            "'&', ('is_confidential', '=', False), ('is_of_current_holder', '=', True)]"
        )
        case = self.case()
        self.power()
        self.assertFalse(self.seen_by(self.proxy_user, case))
        path = "atencion_cliente/migrations/19.0.1.6.0/post-representatives.py"
        script = load_script(path, "post_representatives")
        for _time in range(2):
            script.migrate(self.env.cr, "19.0.1.5.0")
            self.assertEqual(self.seen_by(self.proxy_user, case), case)
        case.is_confidential = True
        self.assertFalse(self.seen_by(self.proxy_user, case))

    # -------------------------------------------------------------------------
    # Rights
    # -------------------------------------------------------------------------

    def test_rights(self):
        case = self.case()
        power = self.power()
        rights = ("see", "act", "sign")
        for number, right in enumerate(rights, start=1):
            power.right = right
            granted = [
                wanted for wanted in rights if self.on(self.proxy_user, case)._granting(wanted)
            ]
            self.assertEqual(granted, list(rights[:number]))
        power.date_to = "2025-03-31"
        self.assertFalse(self.on(self.proxy_user, case)._granting("see"))
        for user in (self.portal_holder, self.portal_coholder):
            self.assertTrue(self.on(user, case)._granting("sign"))
        case.is_confidential = True
        self.assertTrue(self.on(self.portal_holder, case)._granting("sign"))
        self.assertFalse(self.on(self.portal_coholder, case)._granting("see"))

    def test_who_may_only_see_posts_nothing(self):
        case = self.case()
        power = self.power(right="see")
        public = case.message_post(body="We come", subtype_xmlid="mail.mt_comment")
        said = {"body": "Yes", "message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
        theirs = self.on(self.proxy_user, case)
        operations = theirs._mail_get_operation_for_mail_message_operation("create")
        self.assertEqual(operations[theirs], "write")
        for values in (said, said | {"parent_id": public.id}):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                theirs.message_post(**values)
        power.right = "act"
        message = self.on(self.proxy_user, case).message_post(**said).sudo()
        self.assertEqual(message.author_id, self.proxy)
        power.right = "see"
        case.requester_id = self.proxy
        self.on(self.proxy_user, case).message_post(**said)


@tagged("post_install", "-at_install")
class TestManyRepresentedCases(ManyCases, PowersCommon):
    """A representative's list takes as many statements at 10,000 cases as at 100."""

    def _statements(self):
        cases = self.on(self.proxy_user, self.env["atencion.case"])
        before = self.cr.sql_log_count
        found = cases.search([])
        found.sudo().mapped("subject")
        return self.cr.sql_log_count - before, found

    def test_list_is_flat_and_finds_by_the_contract(self):
        self.case = self.create_case(contract_id=self.contract.id, partner_id=self.holder.id)
        self.power()
        self.power(contract_id=self.contract2.id)
        counts = {}
        other = {"contract_id": "NULL", "partner_id": "NULL", "requester_id": "NULL"}
        for total in (FEW, FEW, MANY):
            self.fill_to(total, **other)
            counts[total], found = self._statements()
            self.assertEqual(found.with_env(self.env), self.case)
        self.assertEqual(counts[FEW], counts[MANY])
        self.assertLessEqual(counts[MANY], 12)
        plan = self.explain(
            self.on(self.proxy_user, self.env["atencion.case"])._search([]).select()
        )
        self.assertIn("atencion_case__contract_id_index", plan)
        self.assertNotIn("Seq Scan on atencion_case", plan)

    def test_manager_of_many_flats(self):
        self.case = self.create_case(contract_id=self.contract.id, partner_id=self.holder.id)
        self.env["atencion.contract"].create(
            [
                {
                    "name": f"CT-M{number}",
                    "project_id": self.project.id,
                    "company_id": self.lima.id,
                    "holder_ids": [Command.create({"partner_id": self.holder.id})],
                    "representative_ids": [
                        Command.create(
                            {"principal_id": self.holder.id, "partner_id": self.proxy.id}
                            | {"date_from": f"2024-{1 + number % 12:02}-01"}
                        )
                    ],
                }
                for number in range(120)
            ]
        )
        self.power()
        self.fill_to(MANY, contract_id="NULL", partner_id="NULL", requester_id="NULL")
        self._statements()
        statements, found = self._statements()
        self.assertEqual(found.with_env(self.env), self.case)
        self.assertLessEqual(statements, 12)
