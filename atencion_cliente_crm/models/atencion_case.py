from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.atencion_cliente.models.base.public_method import public


class AtencionCase(models.Model):
    """A case may come from a lead, or create an opportunity."""

    _inherit = "atencion.case"

    lead_id = fields.Many2one(
        "crm.lead",
        string="Opportunity",
        index="btree_not_null",
        check_company=True,
        copy=False,
        groups="sales_team.group_sale_salesman",
    )

    # -------------------------------------------------------------------------
    # Users who may not read the lead see its number: its name may reveal another customer
    # -------------------------------------------------------------------------

    def _labelled(self):
        """The records with the context in which leads hide their name (``crm_lead.py``)."""
        return self.with_context(atencion_case_label=True)

    @api.readonly
    def web_read(self, specification):
        if "lead_id" not in specification:
            return super().web_read(specification)
        return super(AtencionCase, self._labelled()).web_read(specification)

    def _read_format(self, fnames, load="_classic_read"):
        if "lead_id" not in fnames:
            return super()._read_format(fnames, load)
        return super(AtencionCase, self._labelled())._read_format(fnames, load)

    def _web_read_group_groupby_formatter(self, groupby_spec, values):
        formatter = super()._web_read_group_groupby_formatter(groupby_spec, values)
        if groupby_spec != "lead_id":
            return formatter
        return lambda lead: formatter(lead and lead.with_context(atencion_case_label=True))

    # -------------------------------------------------------------------------
    # Links
    # -------------------------------------------------------------------------

    def _after_create(self, vals_list, carried):
        super()._after_create(vals_list, carried)
        self._log_lead()

    def _prepare_write(self, vals, carried):
        if "lead_id" in vals:
            carried["lead"] = self.filtered(lambda case: case.lead_id.id != vals["lead_id"])
        return super()._prepare_write(vals, carried)

    def _after_write(self, vals, carried):
        super()._after_write(vals, carried)
        carried.get("lead", self.browse())._log_lead()

    def _log_lead(self):
        """Log on the case and on the lead that they are linked.

        Each log shows only the number of the other record, which its reader may not see.

        :raise AccessError: the user may not read the lead
        """
        # sudo: users without rights in CRM, who register cases, may not read the field.
        linked = self.sudo().filtered("lead_id")
        if not linked:
            return
        linked.lead_id.sudo(self.env.su).check_access("read")
        linked._message_log_batch(
            bodies={
                case.id: self.env._(
                    "Linked to the opportunity %s.",
                    case.lead_id._get_html_link(title=case.lead_id._label_of_number()),
                )
                for case in linked
            }
        )
        linked.lead_id._message_log_batch(
            bodies={
                lead.id: self.env._(
                    "Linked to the case %s.",
                    Markup(", ").join(case._get_html_link(title=case.name) for case in cases),
                )
                for lead, cases in linked.grouped("lead_id").items()
            }
        )

    @public(one=True)
    def action_open_lead(self):
        return self.lead_id.get_formview_action()

    @public(one=True)
    def action_new_opportunity(self):
        """Create an opportunity from the case, unless it has one, and open it.

        :raise UserError: the case is confidential, and salespeople would read its text
        """
        if not self.lead_id:
            if self.is_confidential:
                raise UserError(
                    self.env._(
                        "%s is confidential, and people of sales would read in the opportunity "
                        "what it says. Create the opportunity in CRM, with what they may know.",
                        self.name,
                    )
                )
            self.lead_id = self.env["crm.lead"].create(self._prepare_opportunity_values())
        return self.action_open_lead()

    def _prepare_opportunity_values(self):
        """The values of an opportunity that is created from the case.

        If the requester is typed by hand, the opportunity has a contact name and no
        customer: CRM would write the phone and e-mail of the requester on the holder.
        """
        self.ensure_one()
        values = {
            "type": "opportunity",
            "name": self.subject,
            "description": self.description,
            "company_id": self.company_id.id,
        }
        if self.requester_id or not self.requester_firstname and not self.requester_lastname:
            return values | {"partner_id": (self.requester_id or self.partner_id).id}
        return values | {
            "partner_name": self.partner_id.name,
            "contact_name": self.requester_name,
            "function": self.requester_function,
            "phone": self.requester_phone,
            "email_from": self.requester_email,
        }
