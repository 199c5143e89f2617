from odoo import models


class AtencionCaseExport(models.AbstractModel):
    _name = "atencion.case.export"
    _description = "Export of cases to Excel"
