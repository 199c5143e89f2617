from odoo.http import request

from odoo.addons.mail.controllers.webclient import WebclientController


class CannedResponses(WebclientController):
    """Brings the answers of the user's areas to the page, beside those that Odoo brings."""

    @classmethod
    def _process_request_for_internal_user(cls, store, name, params):
        result = super()._process_request_for_internal_user(store, name, params)
        if name == "mail.canned.response":
            store.add(request.env["mail.canned.response"]._of_own_areas())
        return result
