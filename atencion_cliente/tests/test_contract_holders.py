from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .support.common import AtencionCommon
from .support.holders import HolderChanges


@tagged("post_install", "-at_install")
class TestContractHolders(HolderChanges, AtencionCommon):
    """The holders of a contract by day: its first holder, new cases, and the portal."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract.write({"state": "delivered", "handover_date": "2024-06-01"})
        cls.env.flush_all()

    # -------------------------------------------------------------------------
    # The change
    # -------------------------------------------------------------------------

    @freeze_time("2025-04-01 17:00:00")
    def test_change_takes_effect_on_its_day_and_keeps_the_past(self):
        self._change({self.stranger: 60, self.coholder: 40}, "2025-05-01")
        old = {self.holder: 60, self.coholder: 40}
        new = {self.stranger: 60, self.coholder: 40}
        self.assertEqual(self._held("2025-04-30"), old)
        self.assertEqual(self._held("2025-05-01"), new)
        self.assertEqual(len(self.contract.holder_ids), 3, "who stays has one line")
        self.assertIn("Jorge Salazar", self.contract.message_ids[0].body)
        self.assertIn("Sold", self.contract.message_ids[0].body)

    @freeze_time("2025-04-01 17:00:00")
    def test_first_holder_follows_the_day_and_is_searched(self):
        self._change({self.stranger: 100}, "2025-05-01")
        model = self.env["atencion.contract"]
        for day, holder in (("2025-04-30", self.holder), ("2025-05-01", self.stranger)):
            with self.subTest(day), freeze_time(f"{day} 17:00:00"):
                self.env.invalidate_all()
                self.assertEqual(self.contract.partner_id, holder)
                self.assertEqual(self.flat.owner_id, holder)
                found = model.search([("partner_id", "=", holder.id), ("name", "=", "CT-1")])
                self.assertEqual(found, self.contract)
                other = (self.holder | self.stranger) - holder
                self.assertNotIn(self.contract, model.search([("partner_id", "=", other.id)]))
                self.assertNotIn(self.contract, model.search([("partner_id", "=", False)]))

    def test_day_is_the_companys(self):
        """At 03:30 UTC it still is the day before in Lima."""
        self.contract.holder_ids[0].date_to = False
        with freeze_time("2025-04-01 17:00:00"):
            self._change({self.stranger: 100}, "2025-05-01")
        with freeze_time("2025-05-01 03:30:00"):
            self.env.invalidate_all()
            self.assertEqual(self.contract.partner_id, self.holder)
            lines = self.contract.holder_ids.search(
                [("contract_id", "=", self.contract.id), ("is_current", "=", True)]
            )
            self.assertEqual(lines.partner_id, self.holder | self.coholder)
            others = self.contract.holder_ids.search(
                [("contract_id", "=", self.contract.id), ("is_current", "=", False)]
            )
            self.assertEqual(others.partner_id, self.stranger)

    @freeze_time("2025-04-01 17:00:00")
    def test_shares_can_be_swapped(self):
        self._change({self.coholder: 60, self.holder: 40}, "2025-04-01")
        self.assertEqual(self._held("2025-04-01"), {self.coholder: 60, self.holder: 40})
        self.assertEqual(self.contract.partner_id, self.coholder, "in the order of the list")
        lines = {line.partner_id: line for line in self.contract.holder_ids if line.is_current}
        # Also when lines are written one by one, in any order.
        self.contract.holder_ids = [
            Command.update(lines[self.holder].id, {"share": 60}),
            Command.update(lines[self.coholder].id, {"share": 40}),
        ]

    @freeze_time("2025-04-01 17:00:00")
    def test_refused_changes(self):
        self._change({self.stranger: 100}, "2025-05-01")
        cases = (
            ({self.stranger: 100}, "2025-06-01", "already"),
            ({self.holder: 100}, "2025-04-15", "planned"),
            ({self.holder: 100}, "2025-05-01", "planned for"),
            ({self.holder: 50}, "2025-06-01", "100 %"),
            ({self.holder: 90, self.coholder: 20}, "2025-06-01", "exceed"),
        )
        for shares, day, words in cases:
            with self.subTest(words):
                with self.assertRaises(UserError) as refusal, self.env.cr.savepoint():
                    self._change(shares, day)
                self.assertIn(words, str(refusal.exception))
        self.contract.state = "terminated"
        with self.assertRaises(UserError):
            self.contract._change_holders({self.holder: 100}, self.lima._today(), "")

    def test_person_listed_twice_is_refused(self):
        with self.assertRaises(UserError):
            self._change({self.holder: 50}, "2025-04-01")
        change = self.env["atencion.contract.holder.change"].create(
            {
                "contract_id": self.contract.id,
                "line_ids": [
                    Command.create({"partner_id": self.holder.id, "share": 50}),
                    Command.create({"partner_id": self.holder.id, "share": 50}),
                ],
            }
        )
        with self.assertRaises(UserError):
            change.action_apply()
        change.line_ids.unlink()
        with self.assertRaises(UserError):
            change.action_apply()

    def test_agent_changes_no_holder(self):
        with self.assertRaises(AccessError):
            self._change({self.stranger: 100}, "2025-04-01", user=self.agent)
        with self.assertRaises(AccessError):
            self.on(self.agent, self.contract)._change_holders(
                {self.stranger: 100}, self.lima._today(), ""
            )

    # -------------------------------------------------------------------------
    # Shares
    # -------------------------------------------------------------------------

    def test_signed_contract_is_held_as_a_whole(self):
        line = self.contract.holder_ids[0]
        for state in ("deed", "delivered"):
            with self.subTest(state), self.assertRaises(ValidationError), self.env.cr.savepoint():
                self.contract.write({"state": state, "holder_ids": [Command.delete(line.id)]})
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            line.unlink()
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            line.share = 50
        self.contract.state = "draft_deed"
        line.share = 50
        with self.assertRaises(ValidationError):
            self.contract.state = "deed"

    def test_client_cannot_put_off_the_check(self):
        line = self.contract.holder_ids[0].with_context(atencion_holders=True)
        with self.assertRaises(ValidationError):
            line.share = 50

    @freeze_time("2025-04-01 17:00:00")
    def test_shares_to_come_are_checked(self):
        with self.assertRaises(ValidationError) as refusal:
            self.contract.holder_ids = [
                Command.create(
                    {"partner_id": self.stranger.id, "share": 10, "date_from": "2025-07-01"}
                )
            ]
        self.assertIn("07/01/2025", str(refusal.exception))

    # -------------------------------------------------------------------------
    # Effects of a change
    # -------------------------------------------------------------------------

    @freeze_time("2025-04-01 17:00:00")
    def test_new_cases_follow_and_old_ones_stay(self):
        before = self.create_case(contract_id=self.contract.id)
        self._change({self.stranger: 100}, "2025-05-01")
        with freeze_time("2025-05-02 17:00:00"):
            self.env.invalidate_all()
            after = self.create_case(contract_id=self.contract.id)
            late = self.create_case(contract_id=self.contract.id, request_date="2025-04-20")
            by_unit = self.create_case(unit_id=self.flat.id, received_at="2025-04-20 17:00:00")
        self.assertEqual(before.partner_id, self.holder)
        self.assertEqual(after.partner_id, self.stranger)
        self.assertEqual(late.partner_id, self.holder, "whoever held it on the day of the request")
        self.assertEqual(by_unit.partner_id, self.holder)

    @freeze_time("2025-04-01 17:00:00")
    def test_lookup_offers_who_holds_now(self):
        self._change({self.stranger: 100}, "2025-04-01")
        lookup = self.on(self.agent, self.env["atencion.case"]).lookup
        contracts = {
            number: [
                match["values"]["contract_id"]["display_name"]
                for match in lookup(number)
                if match["values"]["contract_id"]
            ]
            for number in (self.stranger.vat, self.coholder.vat)
        }
        self.assertEqual(contracts, {self.stranger.vat: ["CT-1"], self.coholder.vat: []})
        [match] = lookup("CT-1")
        self.assertEqual(match["values"]["partner_id"]["id"], self.stranger.id)

    @freeze_time("2025-05-02 17:00:00")
    def test_duplicate_is_a_new_contract_of_the_holders_of_today(self):
        self.contract.registration_date = "2024-07-01"
        self._change({self.stranger: 60, self.coholder: 40}, "2025-05-01")
        duplicate = self.contract.copy()
        self.assertRecordValues(
            duplicate.holder_ids,
            [
                {"partner_id": self.stranger.id, "share": 60, "date_from": False},
                {"partner_id": self.coholder.id, "share": 40, "date_from": False},
            ],
        )
        self.assertEqual(duplicate.state, "quotation")
        for name in ("sale_date", "registration_date", "handover_date"):
            self.assertTrue(self.contract[name])
            self.assertFalse(duplicate[name])

    @freeze_time("2025-04-01 17:00:00")
    def test_portal_follows(self):
        before = self.create_case(contract_id=self.contract.id)
        self._change({self.stranger: 100}, "2025-05-01")
        with freeze_time("2025-05-02 17:00:00"):
            self.env.invalidate_all()
            after = self.create_case(contract_id=self.contract.id)
            every_case = before | after
            seen = {
                user: self.on(user, self.env["atencion.case"]).search(
                    [("id", "in", every_case.ids)]
                )
                for user in (self.portal_holder, self.portal_coholder, self.portal_stranger)
            }
        self.assertEqual(seen[self.portal_stranger], after, "not the former holder's")
        self.assertEqual(seen[self.portal_holder], before, "his own stay his")
        self.assertFalse(seen[self.portal_coholder])
        with freeze_time("2025-04-30 17:00:00"):
            self.env.invalidate_all()
            self.assertTrue(self.on(self.portal_coholder, before).has_access("read"))

    @freeze_time("2025-04-01 17:00:00")
    def test_portal_keeps_what_another_share_of_the_same_person_saw(self):
        before = self.create_case(contract_id=self.contract.id)
        self.assertEqual(before.partner_id, self.holder)
        self._change({self.holder: 50, self.coholder: 50}, "2025-05-01")
        self._change({self.holder: 100}, "2025-06-01")
        self._change({self.holder: 50, self.coholder: 50}, "2025-07-01")
        with freeze_time("2025-07-02 17:00:00"):
            self.env.invalidate_all()
            between = self.create_case(contract_id=self.contract.id, request_date="2025-06-15")
            after = self.create_case(contract_id=self.contract.id)
            cases = self.on(self.portal_coholder, before | between | after)
            self.assertEqual(cases._filtered_access("read"), before | after)

    def test_line_stays_in_its_contract(self):
        """Its share would be missed where nobody checks the sum."""
        other = self._contract("CT-7", self.flat2, {})
        lot = self.flat.create({"name": "Lot", "code": "S", "project_id": self.project_chile.id})
        chile = self._contract("CT-8", lot, {})
        line = self.on(self.supervisor, self.contract.holder_ids[0])
        for contract in (other, chile):
            with self.subTest(contract.name), self.assertRaises(UserError):
                line.contract_id = contract.id
            with self.subTest(contract.name), self.assertRaises(UserError):
                self.on(self.supervisor, contract).holder_ids = [Command.link(line.id)]
        line.write({"contract_id": self.contract.id, "sequence": 5})
