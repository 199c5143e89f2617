from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .support.common import AtencionCommon
from .support.holders import HolderChanges


@tagged("post_install", "-at_install")
class TestPlannedHolderChange(HolderChanges, AtencionCommon):
    """Changes of holders for a day to come: one after the other, and cancelled."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract.write({"state": "delivered", "handover_date": "2024-06-01"})
        cls.env.flush_all()

    def _dialog(self, day):
        action = self.contract.action_change_holders()
        model = self.env[action["res_model"]].with_context(**action["context"])
        form = Form(self.on(self.supervisor, model).with_context(**action["context"]))
        form.effective_date = day
        return form

    @freeze_time("2025-04-01 17:00:00")
    def test_dialog_shows_the_holders_of_its_day(self):
        self._change({self.stranger: 100}, "2025-05-01")
        shown = [
            [line["partner_id"] for line in self._dialog(day).line_ids._records]
            for day in ("2025-04-30", "2025-05-01", "2025-06-01")
        ]
        sellers = (self.holder | self.coholder).ids
        self.assertEqual(shown, [sellers, self.stranger.ids, self.stranger.ids])
        change = self.env["atencion.contract.holder.change"].create(
            {"contract_id": self.contract.id, "effective_date": "2025-06-01"}
        )
        self.assertEqual(change.line_ids.partner_id, self.stranger)
        change.effective_date = "2025-04-15"
        self.assertEqual(change.line_ids.partner_id, self.holder | self.coholder)

    @freeze_time("2025-04-01 17:00:00")
    def test_second_planned_change_starts_from_the_first(self):
        self._change({self.stranger: 100}, "2025-05-01")
        form = self._dialog("2025-06-01")
        with form.line_ids.edit(0) as line:
            line.share = 50
        with form.line_ids.new() as line:
            line.partner_id = self.coholder
            line.share = 50
        form.save().action_apply()
        self.assertEqual(self._held("2025-05-01"), {self.stranger: 100})
        self.assertEqual(self._held("2025-06-01"), {self.stranger: 50, self.coholder: 50})

    @freeze_time("2025-04-01 17:00:00")
    def test_second_change_of_a_planned_day_says_so(self):
        self._change({self.stranger: 100}, "2025-05-01")
        with self.assertRaisesRegex(UserError, "planned for 05/01/2025 already. Cancel"):
            self._change({self.coholder: 100}, "2025-05-01")
        self.contract.action_cancel_holder_change()
        self._change({self.stranger: 100}, "2025-04-01")
        with self.assertRaisesRegex(UserError, "Jorge Salazar holds"):
            self._change({self.coholder: 100}, "2025-04-01")

    @freeze_time("2025-04-01 17:00:00")
    def test_planned_change_is_cancelled(self):
        self.assertFalse(self.contract.planned_holder_change)
        self._change({self.coholder: 60, self.holder: 40}, "2025-05-01")
        self._change({self.stranger: 100}, "2025-06-01")
        self.assertEqual(str(self.contract.planned_holder_change), "2025-06-01")
        contract = self.on(self.supervisor, self.contract)
        contract.action_cancel_holder_change()
        self.assertEqual(self._held("2025-07-01"), {self.coholder: 60, self.holder: 40})
        self.assertIn("Jorge Salazar", self.contract.message_ids[0].body)
        self.assertEqual(str(self.contract.planned_holder_change), "2025-05-01")
        contract.action_cancel_holder_change()
        self.assertEqual(self._held("2025-07-01"), {self.holder: 60, self.coholder: 40})
        self.assertFalse(self.contract.planned_holder_change)
        with self.assertRaises(UserError):
            contract.action_cancel_holder_change()

    def test_change_that_took_effect_is_not_cancelled(self):
        with freeze_time("2025-04-01 17:00:00"):
            self._change({self.stranger: 100}, "2025-05-01")
        with freeze_time("2025-05-01 17:00:00"), self.assertRaises(UserError):
            self.env.invalidate_all()
            self.contract.action_cancel_holder_change()

    @freeze_time("2025-04-01 17:00:00")
    def test_agent_cancels_no_change(self):
        self._change({self.stranger: 100}, "2025-05-01")
        with self.assertRaises(AccessError):
            self.on(self.agent, self.contract).action_cancel_holder_change()
