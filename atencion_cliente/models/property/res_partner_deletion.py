from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

# Fields whose contacts cannot be deleted, by model.
PARTNER_REFERENCES = {
    "atencion.area": ["partner_id"],
    "atencion.case": ["partner_id", "requester_id"],
    "atencion.case.access": ["partner_id"],
    "atencion.contract.holder": ["partner_id"],
    "atencion.project": ["promoter_id"],
    "atencion.representative": ["partner_id", "principal_id"],
}


class ResPartner(models.Model):
    """Contacts that a case, a contract, a project or an area names cannot be deleted."""

    _inherit = "res.partner"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_cases(self):
        """Refuse to delete contacts that a case, a contract or a project names.

        :raise UserError: names the contact and, if the user may read it, the record
        """
        in_use = self._models_in_use()
        if in_use:
            raise UserError(self._in_use_message(min(in_use)))
        # Spares Odoo a search of lines to recompute: there are none.
        shares = self.sudo().with_context(active_test=False)
        self._fields["atencion_holder_ids"]._update_cache(shares, ())

    def _models_in_use(self):
        """The names of the models with a record that names one of these contacts.

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
                for model, names in PARTNER_REFERENCES.items()
                for name in names
            )
        )
        return {model for [model] in rows}

    def _in_use_message(self, model_name):
        """The message that says why a contact cannot be deleted, and what to do instead.

        It names a record only if the user may read it, and a case by its number only.

        :param str model_name: a model with a record that names one of the contacts
        :rtype: str
        """
        names = PARTNER_REFERENCES[model_name]
        naming = self.env[model_name].with_context(active_test=False)
        domain = Domain.OR(Domain(name, "in", self.ids) for name in names)
        seen = naming.has_access("read") and naming.search(domain, limit=1)
        # sudo: only to know which of the contacts the record names.
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
        elif model_name == "atencion.area":
            reason = self.env._(
                "%(contact)s is the sender of the area %(area)s.",
                area=record.display_name,
                **facts,
            )
        elif model_name == "atencion.project":
            reason = self.env._(
                "%(contact)s is the promoter of project %(project)s.", project=record.name, **facts
            )
        elif model_name == "atencion.representative":
            reason = self.env._(
                "%(contact)s represents a holder of contract %(contract)s, or is represented.",
                contract=record.contract_id.name,
                **facts,
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
