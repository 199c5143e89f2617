from odoo import api, fields, models
from odoo.fields import Domain

from ...tools import identity, search_key
from ..base.public_method import ID, PHRASE, TEXT, public

# So many matches of a text are put in their order: who finds more has to write more.
MOST_ORDERED = 500


class AtencionHolderSearch(models.AbstractModel):
    """What is found, and told apart in a pick list, by who holds it.

    Names and identity numbers of the holders are kept in one text, so that a pick list
    of 50,000 records needs a single index scan: a search through contracts, holders and
    partners reads all of them.
    """

    _name = "atencion.holder.search"
    _description = "Search by holder"
    _inherit = ["atencion.private.label"]

    # The field with the holder whom a pick list shows.
    _shown_holder = "partner_id"

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
        """Each model says whose names and numbers they are."""
        self.holder_key = False

    @api.model
    def _search_holder(self, operator, value):
        """Parts of names and numbers find a holder, whatever the operator."""
        if operator not in ("ilike", "in"):
            return NotImplemented
        texts = [value] if operator == "ilike" else value
        return Domain.OR(map(self._holder_domain, texts))

    @api.model
    def _holder_domain(self, text):
        # “DNI 00000101” is searched as it is, and as the number alone.
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
        return domain

    @api.model
    @api.readonly
    @public(name=PHRASE, operator=TEXT, limit=ID)
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        """First what has the text in its own label, then what its holders have.

        Digits of a code are in many an identity number, too.
        """
        if operator != "ilike":
            return super().name_search(name, domain, operator, limit)
        found = self._found_by_text(name, Domain(domain or Domain.TRUE), limit)
        # Odoo makes the labels of a pick list one by one: read their holders at once.
        found.sudo().mapped(f"{self._shown_holder}.name")
        return [(record.id, record.display_name) for record in found.sudo()]

    @api.model
    def _found_by_text(self, text, domain, limit):
        if not text:
            return self.search_fetch(domain, ["display_name"], limit=limit)
        by_label = Domain.OR(Domain(field, "ilike", text) for field in self._rec_names_search)
        found = self._first_found(domain & by_label, limit)
        if not limit or len(found) < limit:
            by_holder = Domain("holder_search", "ilike", text) & Domain("id", "not in", found.ids)
            found += self._first_found(domain & by_holder, limit and limit - len(found))
        return found

    @api.model
    def _first_found(self, domain, limit):
        """The first matches in their order; if there are more than 500, of any 500.

        Found first and put in order then: PostgreSQL takes matches to be spread evenly, and
        walks through the whole order to those that are at its end.
        """
        matches = list(self._search(domain, limit=limit and max(limit, MOST_ORDERED)))
        return self.search_fetch(Domain("id", "in", matches), ["display_name"], limit=limit)

    def _shorten_private_labels(self):
        # Only in a pick list do these labels say more than a number: the holder.
        if self.env.context.get("formatted_display_name"):
            super()._shorten_private_labels()

    def _label_with_holder(self, label):
        """The label of a record, in a pick list with its holder.

        No label depends on the holder: wherever else it is shown, he need not be read.
        """
        if not self.env.context.get("formatted_display_name"):
            return label
        # Whoever reads a label reads the holder's name, also of a contact he may not open.
        holder = self.sudo()[self._shown_holder].name
        return f"{label} --{holder}--" if holder else label
