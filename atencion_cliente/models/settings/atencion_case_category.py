from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL


class AtencionCaseCategory(models.Model):
    _name = "atencion.case.category"
    _description = "Case category"
    _inherit = [
        "atencion.input",
        "atencion.empty.list",
        "atencion.in.use",
        "atencion.live.links",
        "atencion.shared",
        "atencion.shown.setting",
        "atencion.readable.links",
        "atencion.reference",
    ]
    _parent_store = True
    _rec_name = "complete_name"
    _kept_computed = ("complete_name",)
    _naming_fields = ("complete_name", "name")
    _order = "complete_name"
    _in_example = True
    _case_link = "category_id"
    _setting_links = (
        ("atencion.case.category", "parent_id"),
        ("atencion.handover.item", "category_id"),
    )
    _live_links = frozenset({"parent_id"})

    name = fields.Char(required=True, translate=True)
    complete_name = fields.Char(compute="_compute_complete_name", recursive=True, store=True)
    parent_id = fields.Many2one("atencion.case.category", index=True, ondelete="restrict")
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("atencion.case.category", "parent_id", string="Subcategories")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", help="Empty: the category serves every company.")
    element_id = fields.Many2one(
        "atencion.warranty.element",
        string="Warranty element",
        ondelete="restrict",
        help="The element that the warranty covers it as. Empty: the element of the parent "
        "category.",
    )
    keywords = fields.Text(
        "Customers' words",
        help="Words that customers use for it, in any order: leak, drip, damp. A search for one "
        "of them finds the solutions of the category and of its subcategories.",
    )

    @api.depends("name", "parent_id.complete_name")
    def _compute_complete_name(self):
        for category in self:
            names = filter(None, [category.parent_id.complete_name, category.name])
            category.complete_name = " / ".join(names)

    def init(self):
        result = super().init()
        text = SQL("coalesce(name::text, '') || ' ' || coalesce(keywords, '')")
        self.env.cr.execute(
            SQL(
                """
                ALTER TABLE atencion_case_category
                ADD COLUMN IF NOT EXISTS search_vector tsvector
                GENERATED ALWAYS AS (%s) STORED""",
                self.env["atencion.solution"]._vector_of(text),
            )
        )
        return result

    @api.model_create_multi
    def create(self, vals_list):
        categories = super().create(vals_list)
        categories._store_words()
        return categories

    def write(self, vals):
        result = super().write(vals)
        if not vals.keys().isdisjoint(("name", "keywords")):
            self._store_words()
        return result

    def _store_words(self):
        """Store the words of the categories, so that searches correct misspelt ones."""
        # sudo: users have no rights on the words, which only the system stores.
        self.env["atencion.solution.word"].sudo()._store(
            text for category in self for text in (category.name, category.keywords)
        )

    def _warranty_elements(self):
        """The warranty element of each category: its own, else that of the nearest parent.

        :rtype: dict[models.Model, models.Model]
        """
        # sudo: a parent may belong to a company that the user lacks; elements are public.
        paths = {
            category: self.sudo().browse(map(int, (category.parent_path or "").split("/")[-2::-1]))
            for category in self
        }
        self.sudo().union(*paths.values()).fetch(["element_id"])
        return {
            category: self.env["atencion.warranty.element"].browse(
                next((parent.element_id.id for parent in path if parent.element_id), ())
            )
            for category, path in paths.items()
        }

    @api.constrains("parent_id")
    def _check_parent(self):
        if self._has_cycle():
            raise ValidationError(
                self.env._("A category cannot be inside itself. Choose another parent.")
            )
