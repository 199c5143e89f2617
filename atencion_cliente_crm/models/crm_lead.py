from odoo import api, fields, models

from odoo.addons.atencion_cliente.models.base.public_method import public


class CrmLead(models.Model):
    """A lead has the cases that were created from it, or from which it was created."""

    _name = "crm.lead"
    _inherit = ["crm.lead", "atencion.private.label"]

    atencion_case_ids = fields.One2many(
        "atencion.case", "lead_id", string="Cases", groups="atencion_cliente.group_user"
    )
    atencion_case_count = fields.Integer(
        "Case count",
        compute="_compute_atencion_case_count",
        groups="atencion_cliente.group_user",
    )

    @api.depends_context("atencion_case_label")
    def _compute_display_name(self):
        super()._compute_display_name()
        self._shorten_private_labels()

    def _shorten_private_labels(self):
        # Only as the link of a case: elsewhere leads have the label of CRM.
        if self.env.context.get("atencion_case_label"):
            super()._shorten_private_labels()

    def _compute_atencion_case_count(self):
        counts = dict(
            self.env["atencion.case"]._read_group(
                [("lead_id", "in", self.ids), ("exclude_from_kpi", "=", False)],
                ["lead_id"],
                ["__count"],
            )
        )
        for lead in self:
            lead.atencion_case_count = counts.get(lead, 0)

    @api.constrains("company_id")
    def _check_cases_company(self):
        self._every_case()._check_company(["lead_id"])

    def _every_case(self):
        """The cases of the leads, including those that the user does not see."""
        # sudo: checks and merges concern all of them, and nothing is returned to a client.
        return self.sudo().with_context(active_test=False).atencion_case_ids

    def _merge_dependences(self, opportunities):
        opportunities._every_case().lead_id = self
        return super()._merge_dependences(opportunities)

    @public(one=True)
    def action_open_atencion_cases(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "atencion_cliente.atencion_case_action"
        )
        return action | {
            "domain": [("lead_id", "=", self.id)],
            "context": self._default_case_context(),
        }

    @public(one=True)
    def action_new_atencion_case(self):
        """Open the form of a new case with the data of the lead."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New case"),
            "res_model": "atencion.case",
            "views": [(False, "form")],
            "context": self._default_case_context(),
        }

    def _default_case_context(self):
        values = self._prepare_case_values()
        return {f"default_{name}": value for name, value in values.items() if value}

    def _prepare_case_values(self):
        """The values of a case that is created from the lead.

        The holder is the company of the contact, or else the contact. The requester is the
        contact, or the name that is typed on the lead.
        """
        self.ensure_one()
        partner = self.partner_id
        values = {
            "lead_id": self.id,
            "subject": self.name,
            "description": self.description,
            "company_id": self.company_id.id,
            "partner_id": partner.commercial_partner_id.id,
        }
        if partner and not partner.is_company:
            return values | {"requester_id": partner.id}
        first_name, _space, last_name = (self.contact_name or "").partition(" ")
        return values | {
            "requester_firstname": first_name or self.partner_name,
            "requester_lastname": last_name,
            "requester_function": self.function,
            "requester_phone": self.phone,
            "requester_email": self.email_normalized or self.email_from,
        }
