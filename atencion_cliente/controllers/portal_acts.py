"""What the routes of a customer's acts on a case share.

They answer a form with the page of the case, which then says what refused it and has the text that
was typed: all works without JavaScript, and a page that is loaded again sends nothing again.
"""

from urllib.parse import urlencode

from odoo.exceptions import UserError
from odoo.http import request

from ..models.base.contained import contained
from ..models.base.server_context import with_server_value
from ..models.portal.atencion_case_customer_act import LINK_OWNER
from .portal_access import find_case, link_owner

# Where the session keeps what the next page of a case says.
TOLD = "atencion_case_told"
# What the address of a page keeps: the token of a link, and to whom it was sent.
KEPT = ("access_token", "pid", "hash")


def acting_case(case_id, access_token):
    """The case on which a customer may act, as ``find_case``, in their environment."""
    return as_visited(find_case(case_id, access_token), access_token)


def as_visited(case, access_token):
    """A case in the environment of who visits its page, who is known by their login or link.

    :param case: as ``find_case`` found it
    :param access_token: of the link, as it came in the request, or None
    """
    # sudo: the right was checked, and a customer has none to write.
    visited = case.with_user(request.env.user).sudo()
    owner = link_owner(case, access_token, request.httprequest.args)
    return with_server_value(visited, LINK_OWNER, owner)


def refusal_of(act, *args):
    """What refuses an act, in words; empty if it is done. What is refused is undone whole.

    :param act: a method of the case
    """
    try:
        with contained(request.env):
            act(*args)
    except UserError as error:
        return str(error)
    return ""


def back_to_page(case, place, refusal="", **told):
    """The answer to a form: the page of the case, at one of its places.

    :param str place: id of an element of the page, at which it says what was refused
    :param str refusal: why; empty if it is done
    :param told: what else the page needs to know at that place
    """
    request.session[TOLD] = {"case": case.id, "place": place, "refusal": refusal, **told}
    asked = request.httprequest.args
    kept = urlencode({name: asked[name] for name in KEPT if name in asked})
    return request.redirect(f"{case.access_url}?{kept}#{place}", code=303)


def told_on_page(case):
    """What the page of a case says of the act before it, once.

    :rtype: dict
    """
    told = request.session.get(TOLD) or {}
    if told.get("case") != case.id:
        return {}
    del request.session[TOLD]
    return told
