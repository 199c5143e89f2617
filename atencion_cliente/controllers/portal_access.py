from markupsafe import Markup

from odoo.exceptions import AccessError, MissingError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

from ..tools.field_value import is_id

NO_INDEX = "noindex, nofollow"


def find_case(case_id, access_token=None):
    """The case that a customer may open, in ``sudo``; empty for any other.

    An archived case is no case to its customers. Why there is none is told to nobody: routes
    answer with ``unknown_case`` whatever the reason.

    :param case_id: as it came in the request
    :param access_token: of the link, as it came in the request, or None
    """
    # sudo: empty, as long as nobody's right is known.
    nothing = request.env["atencion.case"].sudo()
    if not is_id(case_id):
        return nothing
    # Odoo fails when it compares a token that is not ASCII.
    is_token = isinstance(access_token, str) and access_token.isascii()
    try:
        case = CustomerPortal()._document_check_access(
            "atencion.case", case_id, access_token if is_token else None
        )
    except (AccessError, MissingError):
        return nothing
    return case if case.active else nothing


def unknown_case():
    """The answer to whoever may not open a case, or asks for one that does not exist."""
    company = request.env.company.sudo()
    return render_private("atencion_cliente.portal_case_unknown", {"company": company}, status=404)


def render_private(template, values, **options):
    """A page that no search engine lists: its address may carry a token.

    :param options: of the response, such as its ``status``
    """
    head = Markup('<meta name="robots" content="%s"/>') % NO_INDEX
    response = request.render(template, {"head": head, **values}, **options)
    response.headers["X-Robots-Tag"] = NO_INDEX
    return response
