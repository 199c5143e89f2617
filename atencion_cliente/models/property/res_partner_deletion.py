from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

# The fields by which a record of ours keeps a contact from being deleted, by model.
NAMING = {
    "atencion.case": ["partner_id", "requester_id"],
    "atencion.case.access": ["partner_id"],
    "atencion.contract.holder": ["partner_id"],
    "atencion.project": ["promoter_id"],
}


class ResPartner(models.Model):
    """Customers of a case or contract, and promoters, are not deleted."""

    _inherit = "res.partner"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_cases(self):
        """Refuse to delete whom a case, a contract or a project names."""
        in_use = self._names_in_use()
        if in_use:
            raise UserError(self._sentence_in_use(min(in_use)))
        # Odoo searches what is computed of these lines: it is known that there is none.
        shares = self.sudo().with_context(active_test=False)
        self._fields["atencion_holder_ids"]._update_cache(shares, ())

    def _names_in_use(self):
        """The models that name any of these contacts.

        :rtype: set[str]
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(" UNION ALL ").join(
                SQL(
                    "(SELECT %s FROM %s WHERE %s IN %s LIMIT 1)",
                    model,
                    SQL.identifier(self.env[model]._table),
                    SQL.identifier(name),
                    tuple(self.ids),
                )
                for model, names in NAMING.items()
                for name in names
            )
        )
        return {model for [model] in rows}

    def _sentence_in_use(self, model_name):
        """Why one of the contacts cannot be deleted, and what to do instead.

        A case is named by its number only, and nothing is named that the user cannot read.
        """
        names = NAMING[model_name]
        naming = self.env[model_name].with_context(active_test=False)
        domain = Domain.OR(Domain(name, "in", self.ids) for name in names)
        seen = naming.has_access("read") and naming.search(domain, limit=1)
        # sudo: which of the contacts it is, of those that the user wants to delete.
        record = (seen or naming.sudo().search(domain, limit=1)).sudo()
        contact = self.browse(set(self.ids) & {record[name].id for name in names})[:1]
        facts = {"contact": contact.display_name}
        if not seen:
            reason = self.env._(
                "%(contact)s is in cases or contracts that you cannot see.", **facts
            )
        elif model_name == "atencion.case":
            reason = self.env._(
                "%(contact)s is holder or requester of case %(case)s.", case=record.name, **facts
            )
        elif model_name == "atencion.case.access":
            reason = self.env._(
                "%(contact)s opened case %(case)s, which is confidential.",
                case=record.case_id.name,
                **facts,
            )
        elif model_name == "atencion.project":
            reason = self.env._(
                "%(contact)s is the promoter of project %(project)s.", project=record.name, **facts
            )
        else:
            reason = self.env._(
                "%(contact)s is or was a holder of contract %(contract)s.",
                contract=record.contract_id.name,
                **facts,
            )
        advice = self.env._(
            "Archive the contact, or merge it with another one that is the same person."
        )
        return f"{reason} {advice}"
