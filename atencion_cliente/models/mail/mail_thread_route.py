from odoo import api, models

from ...tools.evidence import is_ours
from ..base.server_context import server_value, with_server_value
from .arrival import Arrival
from .received_mail import SentToAreas

CASE = "atencion.case"


class MailThread(models.AbstractModel):
    """Routes mails of people to cases as ``tools.mail_route`` says, and files them."""

    _inherit = "mail.thread"

    @api.model
    def message_route(self, message, message_dict, model=None, thread_id=None, custom_values=None):
        # sudo: the gateway files mails of people without rights on cases.
        cases = self.env[CASE].sudo()
        received = server_value(self.env, "atencion_received_mail")
        routes = None
        if received and received.kind.is_ordinary and not received.is_for_others:
            routes = cases._routes_to_cases(message_dict, received)
        if not routes:
            routes = super().message_route(
                message, message_dict, model, thread_id, custom_values=custom_values
            )
        ours = [route for route in routes or () if route[0] == CASE]
        if not ours:
            return routes
        aliases = [route[4].alias_full_name for route in ours if route[4]]
        if aliases and not received:
            raise SentToAreas(aliases)
        others = [route for route in routes if route[0] != CASE]
        return others + cases._mail_routes(message, message_dict, ours)

    def _message_parse_extract_bounce(self, email_message, message_dict):
        """A mail that was judged to be of a person is none about a delivery."""
        received = server_value(self.env, "atencion_received_mail")
        if received and received.kind.is_ordinary:
            return {"is_bounce": False}
        return super()._message_parse_extract_bounce(email_message, message_dict)

    def _message_parse_post_process(self, message, message_dict, routes):
        """Cases know their people: Odoo does not look for author and recipients."""
        if routes and all(isinstance(route[2], Arrival) for route in routes):
            return {"author_id": False, "partner_ids": []}
        return super()._message_parse_post_process(message, message_dict, routes)

    @api.model
    def _message_route_process(self, message, message_dict, routes):
        if any(is_ours(route[0]) for route in routes or ()):
            self._refuse_as_gateway()
        if not any(isinstance(route[2], Arrival) for route in routes or ()):
            return super()._message_route_process(message, message_dict, routes)
        thread_id = False
        for route in routes:
            # A copy: a case changes the values, and other routes need the original ones.
            gateway, values, arrival = self, dict(message_dict), route[2]
            if isinstance(arrival, Arrival):
                # sudo: the gateway files mails of people without rights on the case.
                self.env[CASE].sudo().browse(route[1] or ())._prepare_message(values, arrival)
                gateway = with_server_value(self, "atencion_arrival", arrival)
            thread_id = super(MailThread, gateway)._message_route_process(message, values, [route])
            if isinstance(arrival, Arrival):
                self.env[CASE].sudo().browse(thread_id)._report_outcome(arrival)
        for arrival in (route[2] for route in routes if isinstance(route[2], Arrival)):
            arrival.mail.release()
        return thread_id
