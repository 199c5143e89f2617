from lxml import etree

from odoo.tools.safe_eval import safe_eval


def typed_in_box(model, text, field="subject", view=None):
    """The records that a user finds who types a text into the search box of a list.

    :param str field: the line of the search box that they choose
    :param str view: external id of the search view, by default that of the model
    """
    view_id = view and model.env.ref(view).id
    [node] = etree.fromstring(model.get_view(view_id, "search")["arch"]).xpath(
        f"/search/field[@name='{field}']"
    )
    domain = node.get("filter_domain")
    if domain:
        return model.search(safe_eval(domain, {"self": text}))
    return model.search([(field, node.get("operator") or "ilike", text)])
