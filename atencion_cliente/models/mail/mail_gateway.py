import logging
from xmlrpc.client import Binary

from psycopg2 import OperationalError

from odoo import api, models
from odoo.exceptions import AccessError

from ...tools.evidence import is_ours
from ...tools.mail_repair_headers import without_top
from ..base.server_context import server_value, with_server_value
from .received_mail import SentToAreas

_logger = logging.getLogger(__name__)

CASE = "atencion.case"
RECEIVED = "atencion_received_mail"


class MailThread(models.AbstractModel):
    """Lets mails for the service pass through the register; others pass as they are."""

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
        """File a mail, as Odoo does it; mails for the service are known to the register.

        On records of ours, the gateway alone files mails.

        :return: the id of the record, or False if it was not filed
        """
        options = {
            "custom_values": custom_values,
            "save_original": save_original,
            "strip_attachments": strip_attachments,
            "thread_id": thread_id,
        }
        if is_ours(model):
            self._refuse_as_gateway()
        # sudo: the register is written by nobody else; who may bring mails is checked below.
        register = self.env["atencion.incoming.mail"].sudo()
        source = _source_of(message)
        arrived = self._arrived(register, source, model) if source else None
        if not arrived:
            try:
                return super().message_process(model, message, **options)
            except SentToAreas as error:
                # Among very many recipients, or written in a way that only Odoo reads.
                to = f"Delivered-To: {', '.join(error.addresses)}\r\n".encode()
                arrived = self._arrived(register, to + without_top(source), model)
        self._refuse_as_gateway()
        # Kept by Odoo, where asking the user reads them for each mail, and names twice: Odoo
        # posts the message in this language.
        kept, context = self.env.user.context_get(), self.env.context
        zone = context.get("tz") or kept.get("tz") or "UTC"
        language = context.get("lang") or kept.get("lang")

        def file(received):
            gateway = self.with_context(lang=language, tz=zone)
            gateway = with_server_value(gateway, RECEIVED, received)
            return super(MailThread, gateway).message_process(model, received.source, **options)

        return register.with_context(tz=zone)._receive(arrived, file)

    @api.model
    def _refuse_as_gateway(self):
        """Refuse mails that come from a user who is not the gateway.

        :raise AccessError: says who brings mails
        """
        if not (self.env.su or self.env.user.has_group("base.group_system")):
            raise AccessError(self.env._("Only the mail gateway brings mails from outside."))

    @api.model
    def _arrived(self, register, source, model):
        """The mail as it arrived if it is for the service, or None."""
        again = server_value(self.env, "atencion_resubmission")
        try:
            return register._recognized(source, model, again)
        except OperationalError:
            raise
        except Exception:
            # Whatever is wrong with its headers must not take it from other applications.
            _logger.warning("It cannot be told for whom a mail is", exc_info=True)
            return None

    @api.model
    def message_route(self, message, message_dict, model=None, thread_id=None, custom_values=None):
        """Leave out our routes for a mail of a machine, which other applications may want."""
        routes = super().message_route(message, message_dict, model, thread_id, custom_values)
        received = server_value(self.env, RECEIVED)
        if received and not received.kind.is_ordinary:
            return [route for route in routes if route[0] != CASE]
        return routes

    @api.model
    def _detect_loop_sender(self, message, message_dict, routes):
        """Leave out our routes: Odoo answers who writes too much, the register does not (R16)."""
        others = [route for route in routes or () if route[0] != CASE]
        if routes and not others:
            return False
        return super()._detect_loop_sender(message, message_dict, others)


def _source_of(message):
    """The bytes of a mail as Odoo reads them; None if it cannot read it."""
    if isinstance(message, Binary):
        return bytes(message.data)
    if isinstance(message, str):
        return message.encode("utf-8", "surrogateescape")
    return message if isinstance(message, bytes) else None
