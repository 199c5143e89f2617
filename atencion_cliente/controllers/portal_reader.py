from odoo.fields import Domain
from odoo.http import request

from odoo.addons.portal.controllers.portal_thread import PortalChatter

from .portal_access import find_case, knows_holder, link_owner


class PortalReader(PortalChatter):
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
