from odoo import fields, models


class AtencionWarrantyScheme(models.Model):
    """The warranty terms that the law of a country, or the developer of a project, gives.

    A project follows the scheme that it chooses, else the scheme of its country.
    """

    _name = "atencion.warranty.scheme"
    _description = "Warranty scheme"
    _inherit = [
        "atencion.input",
        "atencion.shared",
        "atencion.readable.links",
        "atencion.copied.label",
    ]
    _order = "name, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    country_id = fields.Many2one(
        "res.country",
        copy=False,
        index="btree_not_null",
        help="Projects in this country follow the scheme, unless they choose another. "
        "Empty: only the projects that choose it.",
    )
    company_id = fields.Many2one(
        "res.company",
        help="Empty: the scheme serves every company that has none of its own for the country.",
    )
    repairs_extend = fields.Boolean(
        "Repair time does not count",
        help="The days that upheld cases of the same unit and element took, from the request "
        "to the attention, extend the warranty, as Mexico's NOM-247-SE-2021 requires.",
    )
    term_ids = fields.One2many("atencion.warranty.term", "scheme_id", string="Terms", copy=True)

    _country_unique = models.UniqueIndex(
        "(country_id, COALESCE(company_id, 0)) WHERE active AND country_id IS NOT NULL",
        "Another scheme of this country is in use. Archive it, or leave the country of this "
        "one empty and choose it in projects.",
    )
