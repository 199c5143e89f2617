from odoo.fields import Domain
from odoo.http import request, route

from odoo.addons.portal.controllers.portal_thread import PortalChatter

from ..tools.field_value import is_id
from .portal_access import find_case, knows_holder, link_owner


class PortalReader(PortalChatter):
    @route()
    def portal_message_fetch(self, thread_model, thread_id, fetch_params=None, **kw):
        """Whoever may read the case needs no token of its link: Odoo would read it as that user."""
        if thread_model == "atencion.case" and is_id(thread_id):
            if request.env[thread_model].browse(thread_id).has_access("read"):
                kw.pop("token", None)
        return super().portal_message_fetch(thread_model, thread_id, fetch_params, **kw)

    def _setup_portal_message_fetch_extra_domain(self, data):
        """Customers read what is said in a case that they may open, and know by its number.

        Whoever registered a case by the code of a unit reads nothing that its holders write.
        """
        domain = super()._setup_portal_message_fetch_extra_domain(data)
        asked = request.params
        if asked.get("thread_model") != "atencion.case" or request.env.user._is_internal():
            return domain
        token = asked.get("token")
        case = find_case(asked.get("thread_id"), token)
        if not case:
            # Odoo takes for an id what looks like one, and opens archived cases by their links.
            return Domain.FALSE
        if knows_holder(case, link_owner(case, token, asked)):
            return domain
        people = case.partner_id | case.contract_id.holder_ids.partner_id
        people |= case.contract_id.representative_ids.partner_id
        return Domain(domain) & Domain("author_id", "not in", people.ids)
