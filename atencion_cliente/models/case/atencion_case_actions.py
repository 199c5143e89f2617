from odoo import models

from ..base.public_method import public

# The fields in the header of a requirement sheet.
HEADER = [
    "company_id",
    "partner_id",
    "requester_id",
    "requester_firstname",
    "requester_lastname",
    "requester_function",
    "requester_phone",
    "requester_phone2",
    "requester_email",
    "requester_identity",
    "requester_identity_kind",
    "requester_relation",
    "contract_id",
    "unit_id",
    "project_id",
    "source_id",
]


class AtencionCaseActions(models.Model):
    """Buttons of the case that open another screen, and its duplicate."""

    _inherit = "atencion.case"

    def copy_data(self, default=None):
        """Copy the request: who asks, and about what. The answer and the history are not copied.

        The copy of a confidential case is confidential, and assigned to the user who makes it,
        who could not see it otherwise.
        """
        vals_list = super().copy_data(default)
        for case, vals in zip(self.sudo(), vals_list, strict=True):
            if not case.is_confidential:
                continue
            vals["is_confidential"] = True
            if vals.get("legal_user_id") != self.env.uid:
                vals.setdefault("user_id", self.env.uid)
        return vals_list

    @public(one=True)
    def action_duplicate(self):
        """Open a new case with the data of this request."""
        return self.copy().get_formview_action()

    @public()
    def action_assign_to_me(self):
        self.write({"user_id": self.env.uid})

    @public(one=True)
    def action_open_partner(self):
        return self.partner_id.get_formview_action()

    @public(one=True)
    def action_open_contract(self):
        return self.contract_id.get_formview_action()

    @public(one=True)
    def action_open_unit(self):
        return self.unit_id.get_formview_action()

    @public(one=True)
    def action_create_requirement(self):
        """Open a new requirement sheet with this header, and nothing asked yet.

        The header is who asks, for whom, about what and by which channel.
        """
        names = self._requirement_header()
        if self.is_confidential:
            names = [*names, "is_confidential", "legal_user_id"]
        header = self.read(names, load="")[0]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New requirement"),
            "res_model": self._name,
            "views": [(False, "form")],
            "context": {f"default_{name}": header[name] for name in names if header[name]}
            | {"default_origin_id": self.id},
        }

    def _requirement_header(self):
        """The fields that a new sheet takes from this one."""
        return HEADER
