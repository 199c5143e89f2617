from odoo import models

PEOPLE = ("partner_id", "requester_id", "promoter_id")


class AtencionCaseList(models.Model):
    """Reads what many cases of a list link to in few statements."""

    _inherit = "atencion.case"

    def web_read(self, specification):
        if len(self) > 1:
            self.fetch(list(specification))
            self._fetch_people(specification)
        return super().web_read(specification)

    def _fetch_people(self, names):
        """Fetch holders, promoters, requesters and assignees at once: they are all contacts.

        :param names: of the fields that will be read
        """
        # sudo: as Odoo, which shows the label of what a readable record links to.
        cases = self.sudo()
        people = cases.env["res.partner"]
        if "user_id" in names:
            people |= cases.user_id.partner_id
        for name in PEOPLE:
            if name in names:
                people |= cases[name]
        people.mapped("complete_name")
