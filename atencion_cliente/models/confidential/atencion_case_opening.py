from odoo import api, models

# What a case is about in full: forms show these fields, and lists do not.
FORM_TEXTS = frozenset({"description", "response", "resolution", "provider_statement"})


class AtencionCaseOpening(models.Model):
    """Records who opens a confidential case (``atencion.case.access``).

    Whoever reads its texts opens it, by a form, by any other call, and of many cases at once;
    whoever exports it, too. Lists of other fields do not count. Cases that are not
    confidential cost no statement: whether they are is fetched with their texts.
    """

    _inherit = "atencion.case"

    def read(self, fields=None, load="_classic_read"):
        values = super().read(fields, load)
        self._record_reading(fields)
        return values

    @api.model
    def search_read(self, domain=None, fields=None, offset=0, limit=None, order=None, **kwargs):
        values = super().search_read(domain, fields, offset, limit, order, **kwargs)
        self.browse([row["id"] for row in values])._record_reading(fields)
        return values

    def web_read(self, specification):  # pylint: disable=useless-parent-delegation
        return super().web_read(specification)

    # Otherwise Odoo gives them a read-only cursor.
    read._readonly = search_read._readonly = web_read._readonly = False

    def _export_rows(self, fields, **kwargs):
        rows = super()._export_rows(fields, **kwargs)
        self._record_opening("export")
        return rows

    @api.model
    def _shows_texts(self, names):
        """Whether a user reads the texts of cases; the system itself opens none.

        :param names: of fields; None stands for all
        """
        return not self.env.su and (names is None or not FORM_TEXTS.isdisjoint(names))

    def _determine_fields_to_fetch(self, field_names=None, ignore_when_in_cache=False):
        # A customer may not read whether the case is confidential.
        if field_names and self._shows_texts(field_names) and self.env.user._is_internal():
            field_names = [*field_names, "is_confidential"]
        return super()._determine_fields_to_fetch(field_names, ignore_when_in_cache)

    def _record_reading(self, names):
        """Record that the user opened these cases if they read their texts."""
        if self and self._shows_texts(names or None):
            self._record_opening("form" if self.env.user._is_internal() else "portal")

    def _record_opening(self, kind, user=None, partner=None):
        """Record that somebody opened those of these cases that are confidential.

        :param str kind: ``form``, ``portal``, ``letter`` or ``export``
        :param user: ``res.users``; by default the current one
        :param partner: the ``res.partner`` by whose link it was opened, if known
        """
        person = self.env.user if user is None else user
        # sudo: nobody has the right to write rows, and customers may not read these fields.
        cases = self.sudo().filtered(lambda case: case._origin.id and case.is_confidential)._origin
        for company, opened in cases.grouped("company_id").items():
            opened.env["atencion.case.access"]._record(
                opened,
                company,
                kind,
                self.env["res.users"] if person._is_public() else person,
                partner or self.env["res.partner"],
            )
