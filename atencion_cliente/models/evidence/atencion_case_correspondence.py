from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG

# Messages that people write or receive; the log is made of the others.
CORRESPONDENCE = ("comment", "email", "email_outgoing")


class AtencionCaseCorrespondence(models.Model):
    """A case about which the customer wrote or was written to is not deleted.

    The deletion of another one is recorded, as its log goes with it.
    """

    _inherit = "atencion.case"

    def unlink(self):
        # Before Odoo deletes the messages, which it does before it asks ``ondelete``.
        self.check_access("unlink")
        # A client may send this key, too: only the system uninstalls.
        uninstalls = self.env.su and self.env.context.get(MODULE_UNINSTALL_FLAG)
        if not uninstalls:
            self._refuse_correspondence()
            texts = {case: case._deletion_text() for case in self}
            self.env["atencion.setting.change"]._record_deletions(texts)
        return super().unlink()

    def _deletion_text(self):
        """Which case it was; the subject of a confidential one is only for its readers."""
        self.ensure_one()
        return self.name if self.is_confidential else f"{self.name} · {self.subject}"

    def _refuse_correspondence(self):
        """Refuse to delete cases with messages from or to customers.

        :raise UserError: names the case
        """
        # sudo: messages that the user may not read count, too.
        messages = self.env["mail.message"].sudo()
        internal = Domain("is_internal", "=", True) | Domain("subtype_id.internal", "=", True)
        found = messages.search(
            Domain("model", "=", self._name)
            & Domain("res_id", "in", self.ids)
            & Domain("message_type", "in", CORRESPONDENCE)
            & ~internal,
            limit=1,
        )
        if found:
            raise UserError(
                self.env._(
                    "%s: there is correspondence with the customer, which is kept. Archive the "
                    "case, and exclude it from the indicators if it was a mistake.",
                    self.browse(found.res_id).display_name,
                )
            )
