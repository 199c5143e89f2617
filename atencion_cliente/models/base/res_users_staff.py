from odoo import models
from odoo.exceptions import AccessError, ValidationError

AUDITOR = "atencion_cliente.group_auditor"


class ResUsers(models.Model):
    """Who may work on cases: users of the staff who have not left, and who do not audit them."""

    _inherit = "res.users"

    def _is_auditor(self):
        """Whether the user reads all cases, and changes nothing."""
        return self.has_group(AUDITOR)

    def _refuse_as_auditor(self):
        """Refuse what a user who only reads would write.

        :raise AccessError: the user is an auditor
        """
        if self._is_auditor():
            raise AccessError(
                self.env._("An auditor reads and changes nothing, and writes to nobody.")
            )

    def _is_staff(self):
        """Whether the user may work on cases."""
        return self.active and not self.share and not self._is_auditor()

    def _refuse_as_staff(self, field):
        """Refuse users who left, customers and auditors.

        :param str field: its label, in the language of the user
        :raise ValidationError: names the field and the first such user
        """
        for user in self:
            if not user._is_staff():
                raise ValidationError(
                    self.env._(
                        "%(field)s: %(user)s is archived, an auditor or not of the staff. Choose "
                        "somebody who works here.",
                        field=field,
                        user=user.name,
                    )
                )
