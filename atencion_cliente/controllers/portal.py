from odoo.exceptions import AccessError, MissingError
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal, pager
from odoo.addons.portal.utils import validate_thread_with_hash_pid

from ..tools.field_value import is_id

URL = "/my/cases"


class CasePortal(CustomerPortal):
    """The cases of the customer: a list, and a page per case with its conversation.

    Record rules decide which cases a customer sees. These are shown with ``sudo``, because
    a customer has no rights on areas, types or units.
    """

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "case_count" in counters:
            cases = request.env["atencion.case"]
            readable = cases.has_access("read")
            values["case_count"] = cases.search_count([]) if readable else 0
        return values

    @route([URL, f"{URL}/page/<int:page>"], type="http", auth="user", website=True)
    def portal_my_cases(self, page=1, **kwargs):
        """The list of the customer's cases, the newest first."""
        cases = request.env["atencion.case"]
        # All at once, which also counts them: with a limit, PostgreSQL goes through the newest
        # cases of everybody until it has found enough of one customer.
        found = cases.search([]) if cases.has_access("read") else cases
        pages = pager(url=URL, total=len(found), page=page, step=self._items_per_page)
        cases = found[pages["offset"] :][: self._items_per_page]
        request.session["my_cases_history"] = cases.ids[:100]
        values = self._prepare_portal_layout_values() | {
            "cases": cases.sudo(),
            "page_name": "case",
            "pager": pages,
            "default_url": URL,
        }
        return request.render("atencion_cliente.portal_my_cases", values)

    @route(f"{URL}/<int:case_id>", type="http", auth="public", website=True)
    def portal_my_case(self, case_id, access_token=None, **kwargs):
        """The page of one case, for its customer, or by its link with the token."""
        if not is_id(case_id):
            return request.redirect("/my")
        # Odoo fails when it compares a token that is not ASCII.
        access_token = access_token if (access_token or "").isascii() else None
        try:
            case = self._document_check_access("atencion.case", case_id, access_token)
        except (AccessError, MissingError):
            return request.redirect("/my")
        case._record_opening("portal", request.env.user, self._link_owner(case, kwargs))
        values = self._get_page_view_values(
            case,
            access_token,
            {"page_name": "case", "case": case},
            "my_cases_history",
            False,
            **kwargs,
        )
        return request.render("atencion_cliente.portal_my_case", values)

    def _link_owner(self, case, asked):
        """The partner to whom the link was sent by which a case is opened without a login.

        :param dict asked: the parameters of the request
        """
        partners, pid = request.env["res.partner"].sudo(), asked.get("pid") or ""
        signature = asked.get("hash") or ""
        if not request.env.user._is_public() or not pid.isdecimal() or not signature.isascii():
            return partners
        known = validate_thread_with_hash_pid(case, signature, pid)
        return partners.browse(int(pid)).exists() if known else partners
