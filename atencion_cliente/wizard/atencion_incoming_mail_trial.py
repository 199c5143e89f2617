from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import html_escape

from ..models.base.public_method import public

ADMINISTRATOR = "atencion_cliente.group_manager"
MAX_SOURCE = 10_000_000


class AtencionIncomingMailTrial(models.TransientModel):
    """The dialog that shows what would happen to a mail that is pasted into it."""

    _name = "atencion.incoming.mail.trial"
    _description = "What would happen to a mail"
    _inherit = ["atencion.input", "atencion.dialog"]

    source = fields.Text("Message", help="With its headers, as “Show original” gives it.")
    is_done = fields.Boolean(readonly=True)
    is_ours = fields.Boolean(readonly=True)
    kind = fields.Selection(
        selection=lambda self: self._labels("kind"), string="Kind of mail", readonly=True
    )
    rule = fields.Char(readonly=True)
    outcome = fields.Selection(selection=lambda self: self._labels("outcome"), readonly=True)
    detail = fields.Text("Reason", readonly=True)
    case = fields.Char(readonly=True)
    area = fields.Char("Service area", readonly=True)
    type = fields.Char("Type of the case", readonly=True)
    mails = fields.Html("Mails that would be sent", readonly=True)

    @api.model
    def _labels(self, name):
        field = self.env["atencion.incoming.mail"]._fields[name]
        return field._description_selection(self.env)

    @public(one=True)
    def action_try(self):
        """Show what would happen; nothing is kept, and nothing is sent.

        :raise AccessError: the user is no administrator
        :raise UserError: there is no message, or it is too long
        """
        self.check_access("write")
        if not self.env.user.has_group(ADMINISTRATOR):
            raise AccessError(self.env._("Administrators of the service try mails."))
        source = (self.source or "").lstrip().encode("utf-8", "replace")
        if not source or len(source) > MAX_SOURCE:
            raise UserError(self.env._("Paste a message of at most 10 MB."))
        # sudo: the rights of the user were checked; what is done is undone.
        found = self.env["atencion.incoming.mail"].sudo()._try(source)
        mails = found.pop("mails", [])
        lines = "".join(f"<li>{html_escape(f'{to} · {subject}')}</li>" for to, subject in mails)
        self.write(
            found
            | {
                "is_done": True,
                "is_ours": bool(found),
                "mails": f"<ul>{lines}</ul>" if mails else False,
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Try a mail"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
        }
