from odoo import models

from .atencion_case_customer_events import CustomerEvent


class AtencionCaseOwnEvents(models.Model):
    """What the customer did with the present answer, among what happened to the case.

    What they did with former answers is in the conversation. Who signed is told only where the page
    may name the holder.
    """

    _inherit = "atencion.case"

    def _customer_events(self):
        events = super()._customer_events()
        if self.signature_at:
            text = self.env._("Our answer was signed")
            events.append(CustomerEvent(self.signature_at, text))
        elif self.customer_confirmed_at:
            text = self.env._("You confirmed our answer")
            events.append(CustomerEvent(self.customer_confirmed_at, text))
        return events
