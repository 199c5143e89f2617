from odoo import models


class AtencionCasePortal(models.AbstractModel):
    """The case as its customer sees it."""

    _name = "atencion.case.portal"
    _description = "Portal of a case"

    def _compute_access_url(self):
        for case in self:
            case.access_url = f"/my/cases/{case.id}"
