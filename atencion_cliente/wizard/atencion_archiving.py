from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.base.public_method import public

# The field of the dialog with the record that takes over, by model.
TARGETS = {
    "atencion.area": "area_id",
    "atencion.case.category": "category_id",
    "atencion.case.stage": "stage_id",
    "atencion.case.type": "type_id",
    "atencion.place": "place_id",
    "mail.activity.plan": "plan_id",
    "mail.template": "template_id",
}


class AtencionArchiving(models.TransientModel):
    """The dialog that moves what uses a record of configuration, and then archives it.

    It works with the rights of the user: the open cases and the settings that use the record
    go to another record of the same model (see ``atencion.in.use``).
    """

    _name = "atencion.archiving"
    _description = "Archive configuration in use"
    _inherit = ["atencion.input", "atencion.dialog"]

    res_model = fields.Char("Model", readonly=True)
    # Not a link: the dialog looks at the record only after a check of its access.
    res_id = fields.Integer("Record", readonly=True)
    company_id = fields.Many2one("res.company", compute="_compute_uses", compute_sudo=False)
    case_count = fields.Integer("Open cases", compute="_compute_uses", compute_sudo=False)
    use_count = fields.Integer("Settings that use it", compute="_compute_uses", compute_sudo=False)
    note = fields.Text(help="Why the cases change their state.")

    area_id = fields.Many2one("atencion.area", string="Service area")
    type_id = fields.Many2one("atencion.case.type", string="Case type")
    category_id = fields.Many2one("atencion.case.category")
    stage_id = fields.Many2one("atencion.case.stage", string="State")
    place_id = fields.Many2one("atencion.place")
    plan_id = fields.Many2one(
        "mail.activity.plan", string="Activity plan", domain=[("res_model", "=", "atencion.case")]
    )
    template_id = fields.Many2one(
        "mail.template", string="Mail template", domain=[("model", "=", "atencion.case")]
    )

    @api.depends("res_model", "res_id")
    def _compute_uses(self):
        for dialog in self:
            source = dialog._source()
            uses = source._using_settings() if source else ()
            dialog.case_count = len(source._open_cases()) if source else 0
            dialog.use_count = sum(len(found) for found, _name in uses)
            dialog.company_id = source.company_id if "company_id" in source._fields else False

    def _source(self):
        """The record to archive; empty if there is none that the user may change.

        :return: an ``atencion.in.use``; an empty area if the dialog archives no such model
        """
        self.ensure_one()
        if self.res_model not in TARGETS:
            return self.env["atencion.area"]
        source = self.env[self.res_model].browse(self.res_id or ()).exists()
        return source._filtered_access("write")

    @public(one=True)
    def action_apply(self):
        """Move the open cases and the settings, and archive the record."""
        source = self._source()
        if not source:
            raise UserError(self.env._("There is nothing here that you may archive."))
        target = self[TARGETS[self.res_model]]
        if not target or target == source:
            raise UserError(
                self.env._("Choose the record that takes over from “%s”.", source.display_name)
            )
        source._move_uses(target, self.note)
        source.active = False
        return {"type": "ir.actions.act_window_close"}
