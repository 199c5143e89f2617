from typing import NamedTuple

from odoo import models


class StageChange(NamedTuple):
    """A change of state that somebody, or a rule, asks for.

    ``stage``: the ``atencion.case.stage`` to enter. ``note``: why, required. ``area``: the
    ``atencion.area`` that takes over, for a transfer. ``forced``: a supervisor insists, against
    the matrix and missing documents. ``rule``: the ``atencion.escalation.rule`` that moves the
    cases, if one does.
    """

    stage: models.Model
    note: str
    area: models.Model | None = None
    forced: bool = False
    rule: models.Model | None = None

    @property
    def has_note(self):
        return bool((self.note or "").strip())
