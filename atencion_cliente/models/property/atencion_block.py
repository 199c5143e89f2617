from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class AtencionBlock(models.Model):
    """A stage, tower or block of a project."""

    _name = "atencion.block"
    _description = "Property block"
    _inherit = [
        "atencion.input",
        "atencion.sold.property",
        "atencion.live.links",
        "atencion.readable.links",
        "atencion.copied.label",
        "atencion.reference",
        "atencion.import",
        "mail.thread",
    ]
    _parent_store = True
    _rec_name = "complete_name"
    _order = "complete_name"
    _check_company_auto = True
    _naming_fields = ("complete_name", "name")
    _next_actions = ("atencion_cliente.atencion_project_action",)
    _case_link = "block_id"
    _fields_in_project = ("parent_id",)
    _live_links = frozenset({"parent_id", "project_id"})

    name = fields.Char(required=True)
    complete_name = fields.Char(compute="_compute_complete_name", recursive=True, store=True)
    project_id = fields.Many2one(
        "atencion.project",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(related="project_id.company_id", store=True)
    parent_id = fields.Many2one(
        "atencion.block",
        string="Inside",
        index=True,
        ondelete="cascade",
        domain="[('project_id', '=', project_id)]",
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("atencion.block", "parent_id", string="Blocks inside")
    unit_ids = fields.One2many("atencion.unit", "block_id", string="Units")
    active = fields.Boolean(default=True)
    unit_count = fields.Integer(compute="_compute_counts")
    case_count = fields.Integer(compute="_compute_counts")

    _name_unique = models.UniqueIndex(
        "(project_id, COALESCE(parent_id, 0), name)",
        "Another block has this name in the same place.",
    )

    @api.depends("name", "parent_id.complete_name")
    def _compute_complete_name(self):
        for block in self:
            names = filter(None, [block.parent_id.complete_name, block.name])
            block.complete_name = " / ".join(names)

    def _compute_counts(self):
        """Count the units and cases of each block and of the blocks inside it."""
        inside = self.search([("id", "child_of", self.ids)])
        counts = {
            "unit_count": dict.fromkeys(self.ids, 0),
            "case_count": dict.fromkeys(self.ids, 0),
        }
        for name, model, counted in (
            ("unit_count", "atencion.unit", []),
            ("case_count", "atencion.case", [("exclude_from_kpi", "=", False)]),
        ):
            groups = self.env[model]._read_group(
                [("block_id", "in", inside.ids), *counted], ["block_id"], ["__count"]
            )
            for block, count in groups:
                for outer in map(int, block.parent_path.split("/")[:-1]):
                    if outer in counts[name]:
                        counts[name][outer] += count
        for block in self:
            for name, by_block in counts.items():
                block[name] = by_block.get(block.id, 0)

    def _cases_domain(self):
        # The cases of the blocks inside count, too.
        return Domain(self._case_link, "child_of", self.id)

    def _contracts_domain(self):
        return Domain("unit_ids.block_id", "child_of", self.id)

    def _archived_around(self):
        """The block and those that it is inside of, as far as they are archived."""
        outer = [int(number) for number in (self.parent_path or "").split("/") if number]
        return self.browse(outer).filtered(lambda block: not block.active)

    @api.constrains("parent_id", "project_id")
    def _check_parent(self):
        if self._has_cycle():
            raise ValidationError(
                self.env._("A block cannot be inside itself. Choose another block.")
            )
        for block in self.filtered("parent_id"):
            if block.parent_id.project_id != block.project_id:
                raise ValidationError(
                    self.env._(
                        "Block %(block)s: it can only be inside a block of its own "
                        "project, %(project)s.",
                        block=block.name,
                        project=block.project_id.name,
                    )
                )

    @api.constrains("project_id")
    def _check_content(self):
        for block in self.with_context(active_test=False):
            if (block.unit_ids.project_id | block.child_ids.project_id) - block.project_id:
                raise ValidationError(
                    self.env._(
                        "Block %(block)s has units or blocks of another project. Move them first.",
                        block=block.name,
                    )
                )

    @api.model
    def _import_title(self):
        return self.env._("Blocks")

    @api.model
    def _import_columns(self):
        return {
            "project_id": self.env._("Its code or name."),
            "parent_id": self.env._(
                "The stage or block that it is inside of, if any, from a row above or imported "
                "before."
            ),
            "name": self.env._("Stage, tower or block. Unique among the blocks beside it."),
        }
