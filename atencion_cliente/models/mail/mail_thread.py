from odoo import api, models
from odoo.exceptions import AccessError

from ...tools.evidence import is_ours
from ..base.server_context import with_server_value

CASE = "atencion.case"


class MailThread(models.AbstractModel):
    """Extends the mail gateway for mails that answer a message of a case."""

    _inherit = "mail.thread"

    @api.model
    def message_process(
        self,
        model,
        message,
        custom_values=None,
        save_original=False,
        strip_attachments=False,
        thread_id=None,
    ):
        """File a mail, as Odoo does it; on records of ours, the gateway alone does."""
        if is_ours(model):
            self._refuse_as_gateway()
        return super().message_process(
            model,
            message,
            custom_values=custom_values,
            save_original=save_original,
            strip_attachments=strip_attachments,
            thread_id=thread_id,
        )

    @api.model
    def _refuse_as_gateway(self):
        """Refuse mails that come from a user who is not the gateway.

        :raise AccessError: says who brings mails
        """
        if not (self.env.su or self.env.user.has_group("base.group_system")):
            raise AccessError(self.env._("Only the mail gateway brings mails from outside."))

    @api.model
    def _message_route_process(self, message, message_dict, routes):
        if any(is_ours(route[0]) for route in routes or ()):
            self._refuse_as_gateway()
        if not any(self._is_route_to_case(route) for route in routes or ()):
            return super()._message_route_process(message, message_dict, routes)
        thread_id = False
        for route in routes:
            # A copy: a case changes the values, and other routes need the original ones.
            gateway, values = self, dict(message_dict)
            if self._is_route_to_case(route):
                # sudo: the gateway files mails of people without rights on the case.
                case = self.env[CASE].sudo().browse(route[1])
                arrival = case._receive_mail(values)
                gateway = with_server_value(self, "atencion_arrival", arrival)
            thread_id = super(MailThread, gateway)._message_route_process(message, values, [route])
        return thread_id

    @api.model
    def _is_route_to_case(self, route):
        """Whether a mail goes to an existing case, and does not create one."""
        model, thread_id, *_rest = route
        return model == CASE and bool(thread_id)
