from odoo import fields, models


class AtencionCaseCategory(models.Model):
    """The words that customers of different countries have for what a category is about."""

    _inherit = "atencion.case.category"

    synonym_ids = fields.One2many("atencion.synonym", "category_id", string="Regional words")
