from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal

from ..tools.representation import ACT, SIGN
from ..tools.uploaded_file import ACCEPT
from .portal import URL
from .portal_access import unknown_case
from .portal_acts import acting_case, as_visited, back_to_page, refusal_of, told_on_page

CASE = "atencion.case"
# Characters of a refused text that its page has again.
MAX_KEPT = 6000


class CaseActions(CustomerPortal):
    """Customers confirm the answer to their case, or reopen it."""

    def _get_page_view_values(self, document, access_token, values, *args, **kwargs):
        values = super()._get_page_view_values(document, access_token, values, *args, **kwargs)
        if document._name != CASE:
            return values
        visited = as_visited(document, access_token)
        return values | {
            "accepted_files": ACCEPT,
            "may_act": visited._customer_may(ACT),
            "may_sign": visited._customer_may(SIGN),
            "told": told_on_page(document),
        }

    @route(
        f"{URL}/<int:case_id>/confirm", type="http", auth="public", methods=["POST"], website=True
    )
    def portal_confirm_case(self, case_id, access_token=None, answer=None, **kwargs):
        """Confirm the answer, and go on to its rating if one is asked for.

        :param str answer: the digest of the answer that the page showed
        """
        case = acting_case(case_id, access_token)
        if not case:
            return unknown_case()
        refusal = refusal_of(case._confirm_as_customer, answer)
        rating = not refusal and case._rating_address()
        if rating:
            return request.redirect(rating, code=303)
        return back_to_page(case, "confirm", refusal)

    @route(
        f"{URL}/<int:case_id>/reopen", type="http", auth="public", methods=["POST"], website=True
    )
    def portal_reopen_case(self, case_id, access_token=None, reason=None, **kwargs):
        """Reopen the case.

        :param str reason: why, see ``_reopen_as_customer``
        """
        case = acting_case(case_id, access_token)
        if not case:
            return unknown_case()
        refusal = refusal_of(case._reopen_as_customer, reason)
        kept = str(reason or "")[:MAX_KEPT] if refusal else ""
        return back_to_page(case, "reopen", refusal, reason=kept)
