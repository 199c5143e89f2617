from datetime import date

from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged

from .support.common import AtencionCommon
from .support.holders import HolderChanges

BEFORE = "Rosa Quispe (60 %); Luis Paredes (40 %)"


@tagged("post_install", "-at_install")
class TestHolderTrace(HolderChanges, AtencionCommon):
    """Whoever rewrites the holders of a contract leaves former and new ones in its log."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract.write({"state": "deed", "sale_date": False})
        cls.first, cls.second = cls.contract.holder_ids
        cls.env.flush_all()

    def assertLogged(self, action, *texts, user=None, contract=None):
        """The action writes one message with the texts about holders, by the user who did it."""
        contract = contract or self.contract
        known = self.told(contract)
        action()
        [message] = self.told(contract) - known
        self.assertEqual(message.author_id, (user or self.supervisor).partner_id)
        for text in texts:
            self.assertIn(text, message.body)

    def assertSilent(self, action):
        known = self.told(self.contract)
        action()
        self.assertEqual(self.told(self.contract), known)

    def told(self, contract):
        return contract.message_ids.filtered(lambda message: "Rosa" in (message.body or ""))

    def test_contract_rewrites_its_lines(self):
        contract = self.on(self.supervisor, self.contract)
        self.assertLogged(
            lambda: contract.write(
                {
                    "holder_ids": [
                        Command.update(self.first.id, {"share": 50}),
                        Command.update(self.second.id, {"share": 50}),
                    ]
                }
            ),
            BEFORE,
            "→ Rosa Quispe (50 %); Luis Paredes (50 %)",
        )

    def test_line_is_given_to_another(self):
        line = self.on(self.supervisor, self.first)
        self.assertLogged(
            lambda: line.write({"partner_id": self.stranger.id}),
            BEFORE,
            "→ Jorge Salazar (60 %); Luis Paredes (40 %)",
        )

    def test_any_context(self):
        keys = {"tracking_disable": True, "mail_notrack": True, "mail_create_nolog": True}
        line = self.on(self.supervisor, self.first).with_context(
            atencion_holders=True, atencion_holders_told=True, **keys
        )
        self.assertLogged(lambda: line.write({"partner_id": self.stranger.id}), "Jorge Salazar")

    def test_lines_of_the_past(self):
        line = self.on(self.supervisor, self.contract.holder_ids).create(
            {
                "contract_id": self.contract.id,
                "partner_id": self.stranger.id,
                "share": 100,
                "date_to": "2023-12-31",
            }
        )
        told = "Jorge Salazar (100 %, 01/01/2023 – 12/31/2023)"
        self.assertLogged(lambda: line.write({"date_from": "2023-01-01"}), told)
        self.assertLogged(lambda: line.write({"date_to": "2023-06-30"}), told, "06/30/2023)")
        self.assertLogged(
            self.on(self.manager, line).unlink, "06/30/2023)", "→ Rosa", user=self.manager
        )

    def test_line_is_added(self):
        lines = self.on(self.supervisor, self.contract.holder_ids)
        values = {"partner_id": self.stranger.id, "share": 100, "date_to": "2023-12-31"}
        self.assertLogged(
            lambda: lines.create(values | {"contract_id": self.contract.id}), BEFORE, "→ ", "Jorge"
        )
        with_default = lines.with_context(default_contract_id=self.contract.id)
        self.assertLogged(lambda: with_default.create(values), "→ ", "Jorge")

    def test_contract_is_put_back_before_its_lines_are_written(self):
        contract = self.on(self.supervisor, self.contract)
        for state in ("deed", "delivered", "terminated"):
            with self.subTest(state):
                contract.state = state
                self.env.flush_all()
                self.assertLogged(lambda: contract.write({"state": "draft_deed"}), BEFORE)
                self.assertSilent(lambda: self.first.write({"share": 50}))
                self.first.share = 60
                contract.state = "deed"

    def test_holders_of_a_terminated_contract(self):
        self.contract.state = "terminated"
        line = self.on(self.supervisor, self.first)
        self.assertLogged(lambda: line.write({"partner_id": self.stranger.id}), BEFORE, "→ Jorge")

    def test_first_holder_is_another(self):
        line = self.on(self.supervisor, self.second)
        self.assertLogged(lambda: line.write({"sequence": 1}), "→ Luis Paredes (40 %); Rosa")

    def test_from_the_contact(self):
        values = {
            "atencion_holder_ids": [Command.update(self.first.id, {"date_from": "2023-01-01"})]
        }
        self.assertLogged(
            lambda: self.holder.write(values), "(60 %, since 01/01/2023)", user=self.env.user
        )

    def test_what_changes_nothing_is_silent(self):
        contract = self.on(self.supervisor, self.contract)
        line = self.on(self.supervisor, self.first)
        self.assertSilent(lambda: line.write({"share": 60}))
        command = Command.update(line.id, {"share": 60})
        self.assertSilent(lambda: contract.write({"holder_ids": [command]}))

    def test_new_contract_is_silent(self):
        shares = {self.holder: 60, self.coholder: 40}
        contract = self._contract("CT-X", self.common_area, shares, state="deed")
        self.assertNotIn("→", "".join(contract.message_ids.mapped("body")))
        self.assertLogged(
            lambda: contract.holder_ids[0].write({"sequence": 99}),
            user=self.env.user,
            contract=contract,
        )

    @freeze_time("2025-04-01 17:00:00")
    def test_changes_with_a_dialog_are_told_once(self):
        self.assertLogged(
            lambda: self._change({self.stranger: 100}, date(2025, 5, 1)), "Holders change on"
        )
        contract = self.on(self.supervisor, self.contract)
        self.assertLogged(contract.action_cancel_holder_change, "is cancelled")

    def test_days_of_a_share_are_told_in_words(self):
        line = self.first
        for first, last, words in (
            (False, False, "(60 %)"),
            ("2023-01-01", False, "(60 %, since 01/01/2023)"),
            (False, "2026-12-03", "(60 %, until 12/03/2026)"),
            ("2023-01-01", "2026-12-03", "(60 %, 01/01/2023 – 12/03/2026)"),
        ):
            with self.subTest(words), self.env.cr.savepoint():
                self.contract.write({"state": "quotation"})
                line.write({"date_from": first, "date_to": last})
                self.assertEqual(line._share_text(), f"Rosa Quispe {words}")
