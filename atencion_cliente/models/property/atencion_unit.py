from datetime import date

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools import search_key
from ...tools.record_number import sql_key

UNIT_KINDS = [
    ("apartment", "Apartment"),
    ("house", "House"),
    ("office", "Office"),
    ("shop", "Shop"),
    ("parking", "Parking"),
    ("storage", "Storage"),
    ("common", "Common area"),
]
# Kinds of unit that are annexed to another unit.
ANNEX_KINDS = ("parking", "storage")


class AtencionUnit(models.Model):
    _name = "atencion.unit"
    _description = "Property unit"
    _inherit = [
        "atencion.numbered",
        "atencion.open.cases",
        "atencion.live.links",
        "atencion.readable.links",
        "atencion.copied.label",
        "atencion.holder.search",
        "atencion.import",
        "mail.thread",
    ]
    _copied_labels = ("code",)
    _order = "code, id"
    _check_company_auto = True
    _rec_names_search = ["code", "name"]
    _holder_field = "owner_id"
    _naming_fields = ("code", "name")
    _fields_in_project = ("block_id", "main_unit_id")
    _number_field = "code"
    _number_scope = "project_id"
    _number_scope_sources = ("block_id",)
    _next_actions = ("atencion_cliente.atencion_project_action",)
    _case_link = "unit_id"
    _live_links = frozenset({"block_id", "project_id"})
    # More than any building; a mistyped number is refused.
    _max_values = {"area_m2": 1_000_000}

    name = fields.Char(required=True, index="trigram")
    code = fields.Char(required=True, copy=False, index="trigram")
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
    block_id = fields.Many2one(
        "atencion.block",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('project_id', '=?', project_id)]",
        check_company=True,
    )
    company_id = fields.Many2one(related="project_id.company_id", store=True)
    kind = fields.Selection(UNIT_KINDS, required=True, default="apartment")
    floor = fields.Char()
    area_m2 = fields.Float("Area (m²)", digits=(12, 2))
    main_unit_id = fields.Many2one(
        "atencion.unit",
        string="Annexed to",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('project_id', '=', project_id), ('main_unit_id', '=', False),"
        " ('kind', 'not in', ('parking', 'storage', 'common'))]",
        help="The apartment, house, office or shop that the parking or storage goes with.",
    )
    annex_ids = fields.One2many(
        "atencion.unit", "main_unit_id", string="Annexed parking and storage"
    )
    active = fields.Boolean(default=True)
    contract_ids = fields.Many2many(
        "atencion.contract",
        "atencion_contract_unit_rel",
        "unit_id",
        "contract_id",
        string="Contracts",
        copy=False,
    )
    current_contract_id = fields.Many2one(
        "atencion.contract", compute="_compute_current_contract_id"
    )
    owner_id = fields.Many2one(
        "res.partner",
        string="Holder now",
        compute="_compute_current_contract_id",
    )
    warranty_ids = fields.One2many("atencion.unit.warranty", "unit_id", string="Warranties")
    case_count = fields.Integer(compute="_compute_case_count")

    _code_unique = models.UniqueIndex(
        "(project_id, code)", "Another unit of the project has this code."
    )
    _code_key = models.Index(f"(project_id, {sql_key('code')})")
    _list_order = models.Index("(code, id)")

    @api.depends("block_id")
    def _compute_project_id(self):
        for unit in self:
            unit.project_id = unit.block_id.project_id or unit.project_id

    @api.depends("code", "name")
    @api.depends_context(
        "atencion_short_label", "formatted_display_name", "uid", "allowed_company_ids"
    )
    def _compute_display_name(self):
        for unit in self:
            unit.display_name = unit._label_with_holder(unit._restricted_label())
        self._shorten_private_labels()

    def _restricted_label(self):
        if self.env.context.get("atencion_short_label"):
            return self.code
        return " · ".join(dict.fromkeys(filter(None, [self.code, self.name])))

    @api.depends("contract_ids.state", "contract_ids.sale_date")
    def _compute_current_contract_id(self):
        for unit in self:
            # A quotation does not hide a sale, however late it is.
            unit.current_contract_id = unit._contracts_not_terminated().sorted(
                lambda contract: (
                    contract.state != "quotation",
                    contract.sale_date or date.min,
                    contract.id,
                )
            )[-1:]
        # A second loop, so that the holders of all contracts are read at once.
        for unit in self:
            unit.owner_id = unit.current_contract_id.partner_id

    @api.depends("contract_ids.active", "contract_ids.holder_key", "contract_ids.state")
    def _compute_holder_key(self):
        for unit in self:
            keys = unit._contracts_not_terminated().mapped("holder_key")
            unit.holder_key = search_key.key(*keys)

    def _contracts_not_terminated(self):
        return self.contract_ids.filtered(lambda contract: contract.state != "terminated")

    def _compute_case_count(self):
        counts = dict(
            self.env["atencion.case"]._read_group(
                [("unit_id", "in", self.ids), ("exclude_from_kpi", "=", False)],
                ["unit_id"],
                ["__count"],
            )
        )
        for unit in self:
            unit.case_count = counts.get(unit, 0)

    @api.constrains("block_id", "project_id")
    def _check_block(self):
        for unit in self.filtered("block_id"):
            if unit.block_id.project_id != unit.project_id:
                raise ValidationError(
                    self.env._(
                        "Unit %(unit)s: block %(block)s belongs to another project. "
                        "Choose a block of %(project)s.",
                        unit=unit.code,
                        block=unit.block_id.name,
                        project=unit.project_id.name,
                    )
                )

    @api.constrains("main_unit_id", "kind", "project_id")
    def _check_annex(self):
        """Check that only parking and storage are annexed, and to a unit of the same project."""
        annexes = self.with_context(active_test=False).annex_ids
        for unit in (self | annexes).filtered("main_unit_id"):
            main = unit.main_unit_id
            names = {"unit": unit.display_name, "main": main.display_name}
            if unit.kind not in ANNEX_KINDS:
                raise ValidationError(
                    self.env._(
                        "Unit %(unit)s is annexed to %(main)s, and only parking and storage "
                        "are. Correct its kind, or let it stand alone.",
                        **names,
                    )
                )
            if main.kind in (*ANNEX_KINDS, "common") or main.project_id != unit.project_id:
                raise ValidationError(
                    self.env._(
                        "Unit %(unit)s cannot be annexed to %(main)s. Choose an apartment, "
                        "house, office or shop of the same project.",
                        **names,
                    )
                )

    @api.constrains("block_id", "project_id")
    def _check_contracts(self):
        for unit in self.with_context(active_test=False):
            contracts = unit.contract_ids.filtered(
                lambda contract, unit=unit: contract.project_id != unit.project_id
            )
            if contracts:
                raise ValidationError(
                    self.env._(
                        "Unit %(unit)s is in contract %(contract)s of another project. "
                        "Remove it from the contract first.",
                        unit=unit.code,
                        contract=contracts[0].name,
                    )
                )

    @api.model
    def _row_scope(self, values):
        block = self.env["atencion.block"].browse(values.get("block_id") or ())
        return block.project_id.id or values.get("project_id")

    @api.model
    def _import_title(self):
        return self.env._("Units")

    @api.model
    def _import_columns(self):
        return {
            "project_id": self.env._("Its code or name."),
            "block_id": self.env._(
                "Tower or block of the project. If it is inside another: Stage 1 / Tower A."
            ),
            "code": self.env._("Unique in the project."),
            "name": "",
            "kind": "",
            "floor": "",
            "area_m2": "",
            "main_unit_id": self.env._(
                "For parking and storage: the unit that it goes with, from a row above or "
                "imported before."
            ),
        }
