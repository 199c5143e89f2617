from odoo import models

# What a form shows of a case and no list does.
FORM_TEXTS = frozenset({"description", "response", "resolution", "provider_statement"})


class AtencionCaseOpening(models.Model):
    """Records who opens a confidential case (``atencion.case.access``); lists record none."""

    _inherit = "atencion.case"

    def web_read(self, specification):
        """A client opens a form by reading one case with the texts that only a form shows."""
        values = super().web_read(specification)
        if len(self) == 1 and not FORM_TEXTS.isdisjoint(specification):
            self._record_opening("form")
        return values

    # Odoo would give it a cursor that cannot write.
    web_read._readonly = False

    def _record_opening(self, kind, user=None, partner=None):
        """Record that somebody opened these cases, the confidential ones.

        :param str kind: ``form``, ``portal`` or ``letter``
        :param user: ``res.users``; by default the current one
        :param partner: who opened it without a login, if that is known
        """
        users = self.env["res.users"]
        person = self.env.user if user is None else user
        # sudo: nobody has the right to write rows, and some read no field of it.
        for case in self.sudo().filtered(lambda case: case._origin.id and case.is_confidential):
            case.env["atencion.case.access"]._record(
                case._origin,
                kind,
                users if person._is_public() else person,
                partner or self.env["res.partner"],
            )
