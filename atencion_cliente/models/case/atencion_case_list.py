from odoo import api, models

PEOPLE = ("partner_id", "requester_id", "promoter_id")
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
        rows = found.web_read(specification)
        return self._format_web_search_read_results(domain, rows, offset, limit, count_limit)

    def web_read(self, specification):
        cases = self._origin
        if cases and specification:
            cases._fetch_shown(specification)
            # sudo: as Odoo, which shows the label of what a readable record links to.
            cases.sudo()._fetch_people(specification)
            for settings in cases.sudo()._settings_shown(specification):
                settings._show_kept()
        return super().web_read(specification)

    def _fetch_shown(self, names):
        """Fetch these columns, or all of a single case: its form shows most of them.

        :raise AccessError: the user may not read the cases
        """
        if len(self) > 1:
            self.fetch(list(names))
        else:
            self.check_access("read")

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
