from odoo import fields, models

from ...tools.audience import CHANNELS


class AtencionNotifyChannels(models.AbstractModel):
    """The channels of a notice, which notification lines of areas and rules choose."""

    _name = "atencion.notify.channels"
    _description = "Channels of a notice"

    notify_alert = fields.Boolean(
        "Create alert?",
        help="A message in the user's inbox of Odoo, or a chat of OdooBot if they handle Odoo's "
        "notifications by e-mail.",
    )
    notify_task = fields.Boolean(
        "Create task?", help="A to-do activity on the case, in the user's list."
    )
    notify_email = fields.Boolean(
        "Send e-mail?", help="An e-mail with the description and notes of the case."
    )

    def _channels(self):
        """The chosen channels, in the order of ``tools.audience.CHANNELS``.

        :rtype: tuple[str]
        """
        self.ensure_one()
        return tuple(name for name in CHANNELS if self[f"notify_{name}"])
