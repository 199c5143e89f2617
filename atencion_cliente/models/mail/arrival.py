from dataclasses import dataclass

from odoo import models

from ...tools.mail_route import Decision
from .person_mail import PersonMail


@dataclass(frozen=True)
class Arrival:
    """A mail that is being filed: what was decided about it, and what is known of its sender.

    ``users``: the internal users with the address of the sender, those who may know of the
    case first. ``author``: the ``res.partner`` who the sender is, as far as it is certain.
    ``parent``: the message that it answers. ``areas``: to whose addresses a new case was
    sent, the one that gets it first. ``origin``: the case that a new one continues.
    ``related``: cases whose numbers it names.
    """

    mail: PersonMail
    decision: Decision
    users: models.Model
    author: models.Model
    parent: models.Model
    areas: models.Model
    origin: models.Model
    related: models.Model
    company: models.Model

    @property
    def filing(self):
        """Who may read its message: ``tools.incoming_mail.FilingRule``."""
        return self.decision.filing
