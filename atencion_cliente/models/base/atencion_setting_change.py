from odoo import api, fields, models
from odoo.fields import Domain

# Of the last one that has a field is its label.
MODELS_OF_SETTINGS = ("res.config.settings", "res.users", "res.company")


class AtencionSettingChange(models.Model):
    """A change of a setting of a company, or a deletion: who made it, when, from what to what.

    Companies and roles have no chatter, so that Odoo logs nothing of them, and the chatter of what
    is deleted goes with it. ``field_name`` is the name of the field, of companies, of users or of
    the settings of all companies, or else of the model of what was deleted. The system writes the
    rows, nobody has the right to; they are never changed.
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
    setting = fields.Char(compute="_compute_setting", search="_search_setting")
    old_value = fields.Char("From", readonly=True)
    new_value = fields.Char("To", readonly=True)

    @api.depends("field_name")
    @api.depends_context("lang")
    def _compute_setting(self):
        names, labels = {change.field_name for change in self}, {}
        for model in MODELS_OF_SETTINGS:
            known = names & self.env[model]._fields.keys()
            labels |= self.env[model].sudo().fields_get(sorted(known), ["string"])
        for change in self:
            name = change.field_name
            if name in labels:
                change.setting = labels[name]["string"]
            else:
                # sudo: users may not read the list of models.
                change.setting = self.env["ir.model"].sudo()._get(name).name or name

    def _search_setting(self, operator, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        # sudo: users may not read the lists of fields and models.
        fields_of = (
            self.env["ir.model.fields"]
            .sudo()
            .search([("model", "in", MODELS_OF_SETTINGS), ("field_description", operator, value)])
        )
        models_of = self.env["ir.model"].sudo().search([("name", operator, value)])
        names = {*fields_of.mapped("name"), *models_of.mapped("model")}
        return Domain("field_name", "in", names)

    @api.model
    def _record(self, before, after):
        """Record the settings that differ.

        :param dict before: the texts of settings by company and field name
        :param dict after: the same, after the change
        """
        self._create_rows(
            {
                "company_id": company.id,
                "field_name": name,
                "old_value": text,
                "new_value": after[company, name],
            }
            for (company, name), text in before.items()
            if text != after[company, name]
        )

    @api.model
    def _record_shared(self, before, after):
        """Record settings of all companies that differ, in the current company.

        :param dict before: the texts of settings by the name of their field
        :param dict after: the same, after the change
        """
        company = self.env.company
        self._record(
            {(company, name): text for name, text in before.items()},
            {(company, name): text for name, text in after.items()},
        )

    @api.model
    def _record_deletions(self, texts):
        """Record what is being deleted, in its company; what is shared, in the current one.

        :param dict texts: what each record was, by record
        """
        self._create_rows(
            {
                "company_id": (self._company_of(record) or self.env.company).id,
                "field_name": record._name,
                "old_value": text,
                "new_value": self.env._("deleted"),
            }
            for record, text in texts.items()
        )

    @api.model
    def _record_members(self, before, after):
        """Record the roles that have other members.

        :param dict before: the names of the members, by company that the role matters to, and role
        :param dict after: the same, after the change
        """
        self._create_rows(
            {
                # What is shared is recorded in the current company.
                "company_id": (company or self.env.company).id,
                "field_name": "role_ids",
                "old_value": f"“{role.name}”: {names or '–'}",
                "new_value": f"“{role.name}”: {after[company, role] or '–'}",
            }
            for (company, role), names in before.items()
            if names != after[company, role]
        )

    @api.model
    def _company_of(self, record):
        """The company of a record of configuration; none if all companies share it."""
        # sudo: the user may not read the company.
        return "company_id" in record._fields and record.sudo().company_id

    @api.model
    def _create_rows(self, rows):
        """Add who made the changes, and when."""
        made = {"user_id": self.env.uid, "changed_at": fields.Datetime.now()}
        # sudo: nobody has the right to write rows.
        self.sudo().create([made | row for row in rows])
