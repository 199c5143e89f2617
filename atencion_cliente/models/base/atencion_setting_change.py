from odoo import api, fields, models


class AtencionSettingChange(models.Model):
    """A change of a setting of a company: who changed it, when, from what to what.

    Companies have no chatter, so that Odoo logs nothing of their settings. The company writes
    the rows, nobody else has the right to; they are never changed.
    """

    _name = "atencion.setting.change"
    _description = "Change of a setting"
    _inherit = ["atencion.readable.links", "atencion.bounds"]
    _order = "changed_at desc, id desc"
    _rec_name = "setting"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one(
        "res.users", string="Changed by", required=True, readonly=True, ondelete="restrict"
    )
    changed_at = fields.Datetime("Changed on", required=True, readonly=True)
    field_name = fields.Char("Technical name", required=True, readonly=True)
    setting = fields.Char(compute="_compute_setting")
    old_value = fields.Char("From", readonly=True)
    new_value = fields.Char("To", readonly=True)

    @api.depends("field_name")
    @api.depends_context("lang")
    def _compute_setting(self):
        names = {change.field_name for change in self} & self.env["res.company"]._fields.keys()
        labels = self.env["res.company"].sudo().fields_get(sorted(names), ["string"])
        for change in self:
            label = labels.get(change.field_name, {"string": change.field_name})
            change.setting = label["string"]

    @api.model
    def _record(self, before, after):
        """Record the settings that differ.

        :param dict before: the texts of settings by company and field name
        :param dict after: the same, after the change
        """
        now = fields.Datetime.now()
        # sudo: nobody has the right to write rows.
        self.sudo().create(
            [
                {
                    "company_id": company.id,
                    "user_id": self.env.uid,
                    "changed_at": now,
                    "field_name": name,
                    "old_value": text,
                    "new_value": after[company, name],
                }
                for (company, name), text in before.items()
                if text != after[company, name]
            ]
        )
