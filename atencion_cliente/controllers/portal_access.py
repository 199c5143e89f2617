from markupsafe import Markup

from odoo import SUPERUSER_ID
from odoo.http import request
from odoo.tools import consteq

from odoo.addons.portal.utils import validate_thread_with_hash_pid

from ..tools.field_value import is_id, written_id

NO_INDEX = "noindex, nofollow"


def find_case(case_id, access_token=None):
    """The case that a customer may open, in ``sudo``; empty for any other.

    An archived case is no case to its customers. Why there is none is told to nobody: routes
    answer with ``unknown_case`` whatever the reason.

    :param case_id: as it came in the request
    :param access_token: of the link, as it came in the request, or None
    """
    # sudo: empty, as long as nobody's right is known.
    nothing = request.env["atencion.case"].with_user(SUPERUSER_ID)
    case = nothing.browse(case_id).exists() if is_id(case_id) else nothing
    # As Odoo's check of documents. To say why a right is missing takes so long that it would tell
    # that there is such a case.
    is_seen = bool(case) and (
        request.env["atencion.case"].browse(case_id).has_access("read")
        or _is_token_of(case, access_token)
    )
    return case if is_seen and case.active else nothing


def _is_token_of(case, access_token):
    """Whether a link has the token of a case; Odoo fails when it compares one that is not ASCII."""
    is_token = isinstance(access_token, str) and access_token.isascii()
    return is_token and bool(case.access_token) and consteq(case.access_token, access_token)


def link_owner(case, access_token, asked):
    """The partner to whom the link was sent by which a case is opened; empty for a typed requester.

    :param access_token: of the link, as it came in the request, or None
    :param dict asked: the parameters of the request; those of a call may be of any type
    :return: None without a link
    """
    # sudo: the contact is known by its signature.
    partners, pid = request.env["res.partner"].sudo(), written_id(str(asked.get("pid") or ""))
    signature = str(asked.get("hash") or "")
    if not case.access_token:
        return None
    if pid and signature.isascii() and validate_thread_with_hash_pid(case, signature, pid):
        return partners.browse(pid).exists()
    return partners if _is_token_of(case, access_token) else None


def knows_holder(case, owner):
    """Whether who visits the page of a case may know who holds its contract.

    Whoever scans the code of a unit and registers a case need not be of its contract.

    :param case: as ``find_case`` found it
    :param owner: ``link_owner``; who is only typed may not
    """
    if case.portal_origin != "form" or owner:
        return True
    return not request.env.user._is_public() and case.sudo(False).with_user(
        request.env.user
    ).has_access("read")


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
