from freezegun import freeze_time

from odoo.tests import Form


class HolderChanges:
    """Changes the holders of CT-1 as a supervisor does, by the dialog."""

    def _change(self, shares, day, contract=None, note="Sold", user=None):
        contract = self.on(user or self.supervisor, contract or self.contract)
        action = contract.action_change_holders()
        with Form(
            self.on(user or self.supervisor, self.env[action["res_model"]]).with_context(
                **action["context"]
            )
        ) as form:
            form.effective_date = day
            form.note = note
            while len(form.line_ids):
                form.line_ids.remove(0)
            for partner, share in shares.items():
                with form.line_ids.new() as line:
                    line.partner_id = partner
                    line.share = share
        form.record.action_apply()
        self.env.invalidate_all()

    def _held(self, day):
        with freeze_time(f"{day} 17:00:00"):
            self.env.invalidate_all()
            return {
                line.partner_id: line.share for line in self.contract.holder_ids if line.is_current
            }
