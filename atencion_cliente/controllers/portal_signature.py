from odoo.http import Controller, request, route

from .portal import URL
from .portal_acts import acting_case, refusal_of


class CaseSignature(Controller):
    """Customers sign the answer to their case, by the form of Odoo's portal."""

    @route(
        f"{URL}/<int:case_id>/sign", type="jsonrpc", auth="public", methods=["POST"], website=True
    )
    def portal_sign_case(self, case_id, name=None, signature=None, **kwargs):
        """Sign the answer. The address has the token, and the digest of the answer shown.

        :param str name: who signs
        :param str signature: a PNG in base64
        :return: what the form of Odoo's portal understands
        :rtype: dict
        """
        asked = request.httprequest.args
        case = acting_case(case_id, asked.get("access_token"))
        if not case:
            return {"error": request.env._("We cannot find this case.")}
        refusal = refusal_of(
            case._sign_as_customer,
            *(name, signature, asked.get("answer"), request.httprequest.remote_addr),
        )
        if refusal:
            return {"error": refusal}
        return {"force_refresh": True}
