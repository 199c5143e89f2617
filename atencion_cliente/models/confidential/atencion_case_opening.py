from odoo import models

# Fields that forms show and lists do not.
FORM_TEXTS = frozenset({"description", "response", "resolution", "provider_statement"})


class AtencionCaseOpening(models.Model):
    """Records who opens a confidential case (``atencion.case.access``); lists do not count."""

    _inherit = "atencion.case"

    def web_read(self, specification):
        """Record an opening if one case is read with texts that only a form shows."""
        values = super().web_read(specification)
        if len(self) == 1 and not FORM_TEXTS.isdisjoint(specification):
            self._record_opening("form")
        return values

    # Otherwise Odoo gives it a read-only cursor.
    web_read._readonly = False

    def _record_opening(self, kind, user=None, partner=None):
        """Record that somebody opened those of these cases that are confidential.

        :param str kind: ``form``, ``portal`` or ``letter``
        :param user: ``res.users``; by default the current one
        :param partner: the ``res.partner`` who opened it without a login, if known
        """
        users = self.env["res.users"]
        person = self.env.user if user is None else user
        # sudo: nobody has the right to write rows, and customers may not read these fields.
        for case in self.sudo().filtered(lambda case: case._origin.id and case.is_confidential):
            case.env["atencion.case.access"]._record(
                case._origin,
                kind,
                users if person._is_public() else person,
                partner or self.env["res.partner"],
            )
