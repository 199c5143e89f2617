from odoo import api, models
from odoo.exceptions import ValidationError


class AtencionContractPerson(models.AbstractModel):
    """A person or firm in a contract, who is no contact of another one.

    Odoo copies the identity number of a contact to its company, and shows the contacts of a
    company what is the company's.
    """

    _name = "atencion.contract.person"
    _description = "Person in a contract"
    _inherit = ["atencion.contract.line"]

    @api.constrains("partner_id")
    def _check_partner(self):
        for line in self.filtered("partner_id.parent_id"):
            raise ValidationError(
                self.env._(
                    "%(person)s is a contact of %(company)s. Choose the company, or a "
                    "person who is registered on their own.",
                    person=line.partner_id.name,
                    company=line.partner_id.parent_id.name,
                )
            )

    @api.model
    def _lines_of(self, partners):
        """The lines of some contacts, also archived ones.

        :return: in ``sudo``: Odoo merges contacts in all records
        """
        lines = self.sudo().with_context(active_test=False)
        return lines.search([("partner_id", "in", partners.ids)])

    @api.model
    def _refuse_contact_of_company(self, sources, survivor):
        """Refuse to merge a person of a contract into a contact of a company.

        :raise ValidationError: names the contact to choose instead
        """
        people = survivor.parent_id and self._lines_of(sources).partner_id
        if people:
            raise ValidationError(
                self.env._(
                    "%(holder)s holds property or represents who does, and %(person)s is a "
                    "contact of %(company)s. Choose %(holder)s as the destination of the merge.",
                    holder=people[0].name,
                    person=survivor.name,
                    company=survivor.parent_id.name,
                )
            )

    @api.model
    def _exists_for(self, partner):
        """Whether a contact has a past, current or future line in any contract."""
        return bool(self._lines_of(partner))
