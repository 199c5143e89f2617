from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

EVENT = "calendar.event"
# Models of ours, by the prefix of their names.
OURS = "atencion."


class IrAttachment(models.Model):
    """Files of events of confidential cases are for users who may know of the case.

    Odoo attaches the invitation to its event, and everybody may read that event as “Busy”.
    """

    _name = "ir.attachment"
    _inherit = ["atencion.kept", "ir.attachment"]

    def _inaccessible_comodel_records(self, model_and_ids, operation):
        yield from super()._inaccessible_comodel_records(model_and_ids, operation)
        if operation == "read" and model_and_ids.get(EVENT):
            hidden = self.env[EVENT].browse(filter(None, model_and_ids[EVENT]))._hidden_from_user()
            yield from ((EVENT, event_id) for event_id in hidden.ids)

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        if not self.env.su and not bypass_access and not self.env.is_system():
            domain = Domain(domain).map_conditions(self._with_own_rights)
        return super()._search(domain, offset, limit, order, bypass_access=bypass_access, **kwargs)

    @api.model
    def _with_own_rights(self, condition):
        """A condition on other records, evaluated with the rights of the user.

        Odoo evaluates the domain of a search of files as the superuser, and checks rights
        on the files that it finds. So a condition on other records would reveal their texts.

        :raise AccessError: the condition leads to cases, or to records that belong to them
        """
        name, _dot, rest = str(condition.field_expr).partition(".")
        field, operator, value = self._fields.get(name), condition.operator, condition.value
        if not field or not field.relational:
            return condition
        if rest:
            asked = Domain(rest, operator, value)
        elif "any" in operator:
            asked = Domain(value)
        elif isinstance(value, str):
            asked = Domain("display_name", operator, value)
        else:
            return condition
        other = self.env[field.comodel_name]
        if leads_to_ours(other, asked):
            raise AccessError(self.env._("Files are not searched by what is in cases."))
        if field.comodel_name != self._name:
            return condition
        found = "not in" if operator == "not any" and not rest else "in"
        return Domain(name, found, other._search(asked))

    @api.model
    def _readable_sql(self, model, alias, query):
        """The SQL condition that a file is of no event that is hidden from the user."""
        return SQL(
            "(%(model)s IS DISTINCT FROM %(event)s OR NOT %(hidden)s)",
            model=SQL.identifier(alias, "res_model"),
            event=EVENT,
            # Requester and holder read no files of events.
            hidden=self.env[EVENT]._hidden_event_sql(SQL.identifier(alias, "res_id"), SQL("FALSE")),
        )


def leads_to_ours(model, domain):
    """Whether a domain of a model has a condition on one of our models."""
    return model._name.startswith(OURS) or any(
        _passes_ours(model, condition) for condition in Domain(domain).iter_conditions()
    )


def _passes_ours(model, condition):
    for name in str(condition.field_expr).split("."):
        field = model._fields.get(name)
        if not field or not field.relational:
            return False
        model = model.env[field.comodel_name]
        if model._name.startswith(OURS):
            return True
    return "any" in condition.operator and leads_to_ours(model, condition.value)
