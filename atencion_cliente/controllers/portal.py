from urllib.parse import urlencode

from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

from ..models.portal.atencion_case_customer_list import FILTERS, SHOWN, SORTINGS
from ..tools.visible_text import searchable
from .portal_access import find_case, knows_holder, link_owner, render_private, unknown_case
from .portal_new_case import PortalCaseForm

URL = "/my/cases"
# Where the session keeps the cases of the last list, to go from one to the next.
HISTORY = "my_cases_history"


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

    # -------------------------------------------------------------------------
    # The list
    # -------------------------------------------------------------------------

    @route([URL, f"{URL}/page/<int:page>"], type="http", auth="user", methods=["GET"], website=True)
    def portal_my_cases(self, page=1, filterby="", sortby="", search="", **kwargs):
        """The list of the customer's cases. What cannot be understood is as if it were not asked.

        :param str filterby: key of ``FILTERS``
        :param str sortby: key of ``SORTINGS``
        :param str search: words in number, subject and unit
        """
        cases = request.env["atencion.case"]
        asked = {
            "filterby": filterby if filterby in FILTERS else "all",
            "sortby": sortby if sortby in SORTINGS else "newest",
            "search": searchable(search),
        }
        found, counts = cases._customer_list(asked["filterby"], asked["sortby"], asked["search"])
        pages = pager(
            url=URL,
            url_args={name: value for name, value in asked.items() if value},
            total=len(found),
            page=page,
            step=self._items_per_page,
        )
        shown = found[pages["offset"] :][: self._items_per_page]
        request.session[HISTORY] = shown.ids
        # sudo: the user may read these cases, and has no rights on what they link to.
        shown.sudo().fetch(SHOWN)
        values = self._prepare_portal_layout_values() | {
            "cases": shown.sudo(),
            "company": request.env.company.sudo(),
            "may_register": PortalCaseForm().is_offered(),
            "page_name": "case",
            "pager": pages,
            "filters": self._case_filters(asked, counts),
            "sortings": self._case_sortings(),
            **asked,
        }
        return request.render("atencion_cliente.portal_my_cases", values)

    def _case_filters(self, asked, counts):
        """The filters of the list, each with its label, its number of cases and its address."""
        env = request.env
        labels = {
            "all": env._("All"),
            "open": env._("Open"),
            "waiting": env._("Waiting for you"),
            "closed": env._("Closed"),
        }
        return [
            {
                "key": key,
                "label": labels[key],
                "count": counts[key],
                "url": f"{URL}?{urlencode(asked | {'filterby': key})}",
            }
            for key in FILTERS
        ]

    def _case_sortings(self):
        env = request.env
        labels = {
            "newest": env._("Newest first"),
            "oldest": env._("Oldest first"),
            "state": env._("By state"),
        }
        return [(key, labels[key]) for key in SORTINGS]

    # -------------------------------------------------------------------------
    # The page of a case
    # -------------------------------------------------------------------------

    @route(f"{URL}/<int:case_id>", type="http", auth="public", methods=["GET"], website=True)
    def portal_my_case(self, case_id, access_token=None, **kwargs):
        """The page of one case, for its customer, or by its link with the token."""
        case = find_case(case_id, access_token)
        if not case:
            return unknown_case()
        owner = link_owner(case, access_token, kwargs)
        case._record_opening("portal", request.env.user, owner)
        values = self._get_page_view_values(
            case,
            access_token,
            {
                "page_name": "case",
                "case": case,
                "company": case.company_id,
                "knows_holder": knows_holder(case, owner),
            },
            None,
            False,
            **kwargs,
        )
        values |= self._neighbours(case)
        return render_private("atencion_cliente.portal_my_case", values)

    def _neighbours(self, case):
        """The cases before and after this one in the list that the user came from.

        Odoo's own links carry tokens, also of cases that are not of the user any longer.
        """
        ids = request.session.get(HISTORY, [])
        if case.id not in ids:
            return {}
        place = ids.index(case.id)
        addresses = [f"{URL}/{one}" for one in ids]
        return {
            "prev_record": place > 0 and addresses[place - 1],
            "next_record": place + 1 < len(ids) and addresses[place + 1],
        }
