from odoo import api, models


class AtencionCaseRelatedFiles(models.Model):
    """Adds the files of the orders of the contract to the related files of a case."""

    _inherit = "atencion.case"

    @api.model
    def _related_file_origins(self, values):
        origins = super()._related_file_origins(values)
        contracts = [record.id for record in origins if record._name == "atencion.contract"]
        Order = self.env["sale.order"]
        if not contracts or not Order.has_access("read"):
            return origins
        return origins + list(Order.search([("atencion_contract_id", "in", contracts)]))
