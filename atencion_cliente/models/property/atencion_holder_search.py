from odoo import api, fields, models
from odoo.fields import Domain

from ...tools import identity, search_key
from ..base.public_method import ID, PHRASE, TEXT, public

# Number of matches that are put in order. A search that finds more needs a longer text.
MAX_ORDERED = 500


class AtencionHolderSearch(models.AbstractModel):
    """Contracts and units that are found by their holders, and show them in drop-down lists.

    The names and identity numbers of the holders are stored in one text with an index. So a
    search in 50,000 records needs one index scan, where a search through contracts, holders
    and partners would read all of them.
    """

    _name = "atencion.holder.search"
    _description = "Search by holder"
    _inherit = ["atencion.private.label"]

    # Field with the holder that the drop-down list shows.
    _holder_field = "partner_id"

    holder_key = fields.Char(
        "Holders (search key)",
        compute="_compute_holder_key",
        store=True,
        index="trigram",
        help="Names and identity numbers of the holders, without accents and signs.",
    )
    holder_search = fields.Char(
        "Holder (name or identity number)",
        search="_search_holder",
        store=False,
        help="Words of the name in any order, or an identity number with or without its signs.",
    )

    def _compute_holder_key(self):
        """Compute the searched text; each model overrides it with its own holders."""
        self.holder_key = False

    @api.model
    def _search_holder(self, operator, value):
        """Search by parts of names and identity numbers, with ``ilike`` as with ``in``."""
        if operator not in ("ilike", "in"):
            return NotImplemented
        texts = [value] if operator == "ilike" else value
        return Domain.OR(map(self._holder_domain, texts))

    @api.model
    def _holder_domain(self, text):
        # “DNI 00000101” is searched as it is, and by the number alone.
        readings = {tuple(search_key.parts(written)) for written in (text, identity.bare(text))}
        return Domain.OR(
            Domain.AND(Domain("holder_key", "ilike", part) for part in parts)
            for parts in readings
            if parts
        )

    @api.model
    def _search_display_name(self, operator, value):
        domain = Domain(super()._search_display_name(operator, value))
        if operator == "ilike":
            domain |= Domain("holder_search", operator, value)
        elif operator == "not ilike":
            domain &= Domain("holder_search", operator, value)
        return domain

    @api.model
    @api.readonly
    @public(name=PHRASE, operator=TEXT, limit=ID)
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        """Find records by their own label first, then by their holders.

        The digits of a short code also occur in many identity numbers.
        """
        if operator != "ilike":
            return super().name_search(name, domain, operator, limit)
        found = self._search_by_text(name, Domain(domain or Domain.TRUE), limit)
        # Odoo computes the labels of a drop-down list one by one: prefetch the holders.
        found.sudo().mapped(f"{self._holder_field}.name")
        return [(record.id, record.display_name) for record in found.sudo()]

    @api.model
    def _search_by_text(self, text, domain, limit):
        if not text:
            return self.search_fetch(domain, ["display_name"], limit=limit)
        by_label = Domain.OR(Domain(field, "ilike", text) for field in self._rec_names_search)
        found = self._search_first(domain & by_label, limit)
        if not limit or len(found) < limit:
            by_holder = Domain("holder_search", "ilike", text) & Domain("id", "not in", found.ids)
            found += self._search_first(domain & by_holder, limit and limit - len(found))
        return found

    @api.model
    def _search_first(self, domain, limit):
        """The first matches in order; if more than ``MAX_ORDERED`` match, the first of any of them.

        Matches are searched without order, and then put in order. In one query, PostgreSQL
        would assume that matches are spread evenly and scan the whole index of the order.
        """
        matches = list(self._search(domain, limit=limit and max(limit, MAX_ORDERED)))
        return self.search_fetch(Domain("id", "in", matches), ["display_name"], limit=limit)

    def _shorten_private_labels(self):
        # Only in a drop-down list does the label contain the holder.
        if self.env.context.get("formatted_display_name"):
            super()._shorten_private_labels()

    def _label_with_holder(self, label):
        """A label, with the holder appended in a drop-down list.

        Elsewhere the holder is left out, so that labels do not depend on it.
        """
        if not self.env.context.get("formatted_display_name"):
            return label
        # sudo: users who read the record see the holder's name, also if they may not open the
        # contact.
        holder = self.sudo()[self._holder_field].name
        return f"{label} --{holder}--" if holder else label
