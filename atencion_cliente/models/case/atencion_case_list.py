from contextlib import contextmanager

from odoo import api, models
from odoo.exceptions import MissingError
from odoo.tools.constants import PREFETCH_MAX

PEOPLE = ("partner_id", "requester_id", "promoter_id")
READ_BY_RIGHTS = ("one2many", "many2many", "properties", "reference", "many2one_reference")
# What this transaction has just found for a user, in ``cr.cache``.
FOUND = "atencion_found"
USERS = ("user_id", "legal_user_id")


class AtencionCaseList(models.Model):
    """Reads what the cases of a screen link to in few statements."""

    _inherit = "atencion.case"

    @api.model
    @api.readonly
    def web_search_read(
        self, domain, specification, offset=0, limit=None, order=None, count_limit=None
    ):
        """As Odoo's, but which cases are on the page is read apart from what they show.

        An index says who may see a case, so that those that a user does not see are not read.
        """
        found = self.search(domain, offset, limit, order)
        # sudo: the user may read what was found; the fields are checked when they are read.
        found.sudo().fetch(list(specification))
        with found._known_as_readable():
            rows = found.web_read(specification)
        return self._format_web_search_read_results(domain, rows, offset, limit, count_limit)

    @contextmanager
    def _known_as_readable(self):
        """Within it nobody asks again whether the user may read these cases.

        The search that found them has asked, and nothing is written meanwhile.
        """
        kept = self.env.cr.cache
        kept[FOUND] = self
        try:
            yield
        finally:
            del kept[FOUND]

    def _check_access(self, operation):
        found = self.env.cr.cache.get(FOUND) if operation == "read" else None
        if found and found._answers_for(self):
            return None
        return super()._check_access(operation)

    def _answers_for(self, cases):
        """Whether these cases were found for the same user, in the same companies."""
        here, there = (
            (env.uid, env.context.get("allowed_company_ids")) for env in (self.env, cases.env)
        )
        return here == there and set(cases._ids) <= set(self._ids)

    def web_read(self, specification):
        if self._origin and specification:
            # sudo: only to have it at hand; Odoo asks whether the user may read the cases before
            # it answers, and shows the label of what a readable record links to.
            cases = self._origin.sudo()
            if len(cases) > 1:
                cases.fetch(list(specification))
            cases._fetch_people(specification)
            for settings in cases._settings_shown(specification):
                settings._show_kept()
        return super().web_read(specification)

    def _read_format(self, fnames, load="_classic_read"):
        """As Odoo's, but whether the user may read a field is asked once, not for each case."""
        plain = [name for name in fnames if self._is_read_alike(name)]
        if not plain or not 1 < len(self) <= PREFETCH_MAX:
            return super()._read_format(fnames, load)
        first = self[0]
        try:
            # What is not there yet is fetched or computed as the user, of all cases at once.
            for name in plain:
                first[name]
        except MissingError:
            return super()._read_format(fnames, load)
        # sudo: the user may read these fields, and the cases were asked for before.
        rows = super(AtencionCaseList, self.sudo())._read_format(plain, load)
        others = [name for name in fnames if name not in plain]
        if others:
            found = {row["id"]: row for row in super()._read_format(others, load)}
            rows = [row | found[row["id"]] for row in rows if row["id"] in found]
        return rows

    def _is_read_alike(self, name):
        """Whether the value of a field is the same in a transaction of the superuser.

        Lists of records are left out: the superuser sees records that the user does not.
        """
        field = self._fields[name]
        depends = self.pool.field_depends_context[field]
        return field.type not in READ_BY_RIGHTS and "su" not in depends

    def _fetch_people(self, names):
        """Fetch holders, promoters, requesters and users at once: they are all contacts.

        :param names: of the fields that will be read
        """
        people = self._people_shown(names)
        contacts = people["res.users"].partner_id | people["res.partner"]
        contacts.mapped("complete_name")

    def _people_shown(self, names):
        """The people whom these fields show.

        :rtype: dict[str, models.Model]
        """
        contacts, users = self.env["res.partner"], self.env["res.users"]
        shown = set(names)
        if "requester_name" in shown:
            shown |= {"partner_id", "requester_id"}
        for name in shown.intersection(PEOPLE):
            contacts |= self[name]
        for name in shown.intersection(USERS):
            users |= self[name]
        return {"res.partner": contacts, "res.users": users}

    def _settings_shown(self, names):
        """The settings that these fields link to, of each model that workers keep.

        :rtype: list[models.Model]
        """
        kept = self.env.registry["atencion.shown.setting"]
        fields = [self._fields[name] for name in names if name in self._fields]
        return [
            self[field.name]
            for field in fields
            if field.type == "many2one"
            and field.store
            and isinstance(self.env[field.comodel_name], kept)
        ]
