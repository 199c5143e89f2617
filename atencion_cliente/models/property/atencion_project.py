from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...tools.record_number import sql_key


class AtencionProject(models.Model):
    """A property development. It is unrelated to ``project.project``, which plans tasks."""

    _name = "atencion.project"
    _description = "Property project"
    _inherit = [
        "atencion.numbered",
        "atencion.sold.property",
        "atencion.readable.links",
        "atencion.copied.label",
        "atencion.import",
        "mail.thread",
    ]
    _order = "name"
    _check_company_auto = True
    _rec_names_search = ["name", "code"]
    _naming_fields = ("code", "name")
    _number_field = "code"
    _number_scope = "company_id"
    _case_link = "project_id"

    name = fields.Char(required=True)
    code = fields.Char(copy=False)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    promoter_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="The developer of the project.",
    )
    city = fields.Char()
    country_id = fields.Many2one("res.country")
    reception_date = fields.Date(
        "Municipal reception", help="Day the municipality received the works."
    )
    warranty_scheme_id = fields.Many2one(
        "atencion.warranty.scheme",
        "Warranty scheme",
        ondelete="restrict",
        check_company=True,
        help="Empty: the warranties of the project's country.",
    )
    trust_reference = fields.Char("Trust", help="Name or number of the trust, if any.")
    block_ids = fields.One2many("atencion.block", "project_id", string="Blocks")
    unit_ids = fields.One2many("atencion.unit", "project_id", string="Units")
    unit_count = fields.Integer(compute="_compute_counts")
    case_count = fields.Integer(compute="_compute_counts")

    _code_unique = models.UniqueIndex(
        "(company_id, code) WHERE code IS NOT NULL",
        "Another project of the company has this code.",
    )

    _code_key = models.Index(f"(company_id, {sql_key('code')})")

    @api.constrains("company_id")
    def _check_company_of_contents(self):
        """Refuse to move a project with contracts or cases to another company.

        :raise ValidationError: names the project and the model of its records
        """
        for model in ("atencion.contract", "atencion.case"):
            # sudo: records that the user may not read count; archived ones may be restored.
            contents = self.env[model].sudo().with_context(active_test=False)
            for project in self:
                domain = [
                    ("project_id", "=", project.id),
                    ("company_id", "!=", project.company_id.id),
                ]
                if contents.search_count(domain, limit=1):
                    raise ValidationError(
                        self.env._(
                            "%(project)s has records (%(model)s) of its company, and stays in it.",
                            project=project.display_name,
                            model=self.env["ir.model"].sudo()._get(model).name,
                        )
                    )

    def _contracts_domain(self):
        return Domain("project_id", "=", self.id)

    @api.model
    def _import_title(self):
        return self.env._("Projects")

    @api.model
    def _import_columns(self):
        return {
            "code": self.env._("Short: it names the project in the other templates."),
            "name": "",
            "promoter_id": self.env._("The developer: identity number, or the exact name."),
            "city": "",
            "country_id": self.env._("Its name, or its code of two letters."),
            "reception_date": "",
            "trust_reference": "",
        }

    def _compute_counts(self):
        domain = [("project_id", "in", self.ids)]
        groups = [["project_id"], ["__count"]]
        units = dict(self.env["atencion.unit"]._read_group(domain, *groups))
        counted = [*domain, ("exclude_from_kpi", "=", False)]
        cases = dict(self.env["atencion.case"]._read_group(counted, *groups))
        for project in self:
            project.unit_count = units.get(project, 0)
            project.case_count = cases.get(project, 0)

    def _warranty_schemes(self):
        """The warranty scheme of each project.

        It is the scheme of the project, else the scheme of its country in its company, else
        the scheme of its country for all companies. ``atencion.unit.warranty`` repeats this
        rule in SQL.

        :return: the scheme by project, empty if none applies
        :rtype: dict[models.Model, models.Model]
        """
        schemes = self.env["atencion.warranty.scheme"]
        of_countries = schemes.search(
            [
                ("active", "=", True),
                ("country_id", "in", self.country_id.ids),
                ("company_id", "in", [False, *self.company_id.ids]),
            ]
        )
        by_country = {(scheme.country_id, scheme.company_id): scheme for scheme in of_countries}
        every_company = self.env["res.company"]
        found = {}
        for project in self:
            common = by_country.get((project.country_id, every_company), schemes)
            of_country = by_country.get((project.country_id, project.company_id), common)
            found[project] = project.warranty_scheme_id or of_country
        return found
