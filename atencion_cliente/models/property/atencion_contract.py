from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools import search_key
from ...tools.record_number import sql_key


class AtencionContract(models.Model):
    _name = "atencion.contract"
    _description = "Property contract"
    _inherit = [
        "atencion.numbered",
        "atencion.open.cases",
        "atencion.readable.links",
        "atencion.copied.label",
        "atencion.attached.files",
        "atencion.holder.search",
        "atencion.import",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "name desc, id desc"
    _check_company_auto = True
    _rec_names_search = ["name", "quotation_number"]
    _fields_in_project = ("unit_ids",)
    _file_fields = ("handover_attachment_ids",)
    _number_field = "name"
    _number_scope = "company_id"
    _case_link = "contract_id"

    name = fields.Char("Contract number", required=True, copy=False, index="trigram", tracking=True)
    quotation_number = fields.Char(
        "Quotation number",
        copy=False,
        index="trigram",
        tracking=True,
        help="The quotation that the contract comes from.",
    )
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    project_id = fields.Many2one(
        "atencion.project",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        compute="_compute_project_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    unit_ids = fields.Many2many(
        "atencion.unit",
        "atencion_contract_unit_rel",
        "contract_id",
        "unit_id",
        string="Units",
        check_company=True,
        domain="[('project_id', '=?', project_id)]",
    )
    state = fields.Selection(
        [
            ("quotation", "Quotation"),
            ("draft_deed", "Draft deed"),
            ("deed", "Deed"),
            ("delivered", "Delivered"),
            ("terminated", "Terminated"),
        ],
        required=True,
        default="quotation",
        copy=False,
        tracking=True,
    )
    sale_date = fields.Date(copy=False, tracking=True)
    registration_date = fields.Date(
        "Registration",
        copy=False,
        tracking=True,
        help="Day on which the property register recorded the sale.",
    )
    case_count = fields.Integer(compute="_compute_case_count")
    identity_warning = fields.Text(
        "Doubts about identity numbers",
        compute="_compute_identity_warning",
        help="Numbers of holders that may be mistyped. They are kept.",
    )

    _name_unique = models.UniqueIndex(
        "(company_id, name)", "Another contract of the company has this number."
    )
    _quotation_key = models.Index(f"(company_id, {sql_key('quotation_number')})")
    _name_key = models.Index(f"(company_id, {sql_key('name')})")
    _list_order = models.Index("(name DESC, id DESC)")

    @api.depends("unit_ids")
    def _compute_project_id(self):
        for contract in self:
            contract.project_id = contract.unit_ids.project_id[:1] or contract.project_id

    @api.depends("holder_ids.partner_id.name", "holder_ids.partner_id.identity_normalized")
    def _compute_holder_key(self):
        for contract in self:
            # Former holders are included, because they ask about cases of their time.
            partners = contract.holder_ids.partner_id
            contract.holder_key = search_key.key(
                *partners.mapped("name"), *partners.mapped("identity_normalized")
            )

    @api.depends("name")
    @api.depends_context("formatted_display_name", "uid", "allowed_company_ids")
    def _compute_display_name(self):
        for contract in self:
            contract.display_name = contract._label_with_holder(contract.name)
        self._shorten_private_labels()

    def _restricted_label(self):
        return self.name

    @api.model
    def _advice_instead_of_deletion(self):
        return self.env._("Terminate it, or archive it instead.")

    @api.depends("holder_ids.partner_id.vat", "holder_ids.partner_id.country_id")
    @api.depends_context("no_vat_validation")
    def _compute_identity_warning(self):
        for contract in self:
            holders = contract.holder_ids.partner_id._filtered_access("read")
            contract.identity_warning = "\n".join(holders._identity_warnings()) or False

    def _compute_case_count(self):
        counts = dict(
            self.env["atencion.case"]._read_group(
                [("contract_id", "in", self.ids), ("exclude_from_kpi", "=", False)],
                ["contract_id"],
                ["__count"],
            )
        )
        for contract in self:
            contract.case_count = counts.get(contract, 0)

    @api.constrains("unit_ids", "project_id")
    def _check_units(self):
        for contract in self:
            if contract.unit_ids.project_id - contract.project_id:
                raise ValidationError(
                    self.env._(
                        "Contract %(contract)s: its units must all belong to project %(project)s.",
                        contract=contract.name,
                        project=contract.project_id.name,
                    )
                )

    @api.constrains("sale_date", "handover_date")
    def _check_dates(self):
        for contract in self.filtered(lambda c: c.sale_date and c.handover_date):
            if contract.handover_date < contract.sale_date:
                raise ValidationError(
                    self.env._(
                        "Contract %(contract)s: the handover cannot be before the sale.",
                        contract=contract.name,
                    )
                )

    @api.onchange("unit_ids")
    def _onchange_unit_ids(self):
        """Add the parking and storage of new units, unless another contract has them."""
        added = self.unit_ids - self._origin.unit_ids
        free = added.annex_ids.filtered(lambda annex: not annex.current_contract_id)
        self.unit_ids |= free

    @api.model
    def _import_title(self):
        return self.env._("Contracts")

    @api.model
    def _import_rules(self):
        return [
            self.env._(
                "Another holder of the same contract: a row below it in which only the columns "
                "of the holder are filled in."
            )
        ]

    @api.model
    def _import_columns(self):
        return {
            "name": "",
            "quotation_number": "",
            "project_id": self.env._("Its code or name."),
            "unit_ids": self.env._("Codes of units of the project, separated by commas."),
            "state": "",
            "sale_date": "",
            "handover_date": "",
            "registration_date": "",
            "holder_ids/partner_id": self.env._(
                "Identity number, or the exact name of a contact imported before."
            ),
            "holder_ids/share": self.env._(
                "Above 0, up to 100. All together: 100, once it is signed."
            ),
            "holder_ids/date_from": "",
            "holder_ids/date_to": self.env._("Only for former holders."),
        }
