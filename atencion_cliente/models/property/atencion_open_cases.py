from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

# Most cases that a message names.
MOST_NAMED = 5


class AtencionOpenCases(models.AbstractModel):
    """Property that is not archived while it has open cases: nobody would find them by it.

    It is not deleted while it has any cases, or anything else that needs it.
    """

    _name = "atencion.open.cases"
    _description = "Property with open cases"

    # The field of cases that links to the model.
    _case_link = None

    def write(self, vals):
        if "active" in vals and not vals["active"]:
            for record in self.filtered("active"):
                record._refuse_to_archive()
        return super().write(vals)

    def _cases_domain(self):
        """The domain of the cases of the record."""
        return Domain(self._case_link, "=", self.id)

    def _refuse_to_archive(self):
        """Refuse to archive a record with open cases.

        :raise UserError: names some of the cases, and says what to do
        """
        self.ensure_one()
        numbers = self._numbers_of_open_cases(self._cases_domain())
        if numbers:
            raise UserError(
                self.env._(
                    "“%(name)s” has open cases: %(cases)s. Close them, or correct their "
                    "property, before you archive it.",
                    name=self.display_name,
                    cases=numbers,
                )
            )

    @api.model
    def _numbers_of_open_cases(self, domain):
        """How many open cases there are, and the numbers of some; only those that the user sees.

        :param Domain domain: of cases
        :return: "2 (P-1, P-2)"; empty if there are none
        :rtype: str
        """
        # sudo: cases that the user may not read count, too, but are neither named nor numbered.
        cases = self.env["atencion.case"].sudo().with_context(active_test=True)
        found = cases.search(domain & Domain("closed_at", "=", False))
        if not found:
            return ""
        seen = found.sudo(False)._filtered_access("read")
        if not seen:
            return self.env._("some that you cannot see")
        return some_named(seen)

    # -------------------------------------------------------------------------
    # Deletion
    # -------------------------------------------------------------------------

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_use(self):
        """Refuse to delete what other records need, where the database would do it in its words.

        :raise UserError: says what needs the record, and what to do instead
        """
        for record in self:
            uses = [use for field in self._keeping_fields() if (use := record._use_in(field, self))]
            if uses:
                raise UserError(
                    self.env._(
                        "“%(name)s” cannot be deleted, because it has: %(uses)s. %(advice)s",
                        name=record.display_name,
                        uses=", ".join(uses),
                        advice=self._advice_instead_of_deletion(),
                    )
                )

    @api.model
    def _advice_instead_of_deletion(self):
        return self.env._("Archive it instead.")

    @api.model
    def _keeping_fields(self):
        """The fields of all models that keep a record of this model from being deleted."""
        return [
            field
            for model in self.env.registry.values()
            if model._auto and not model._abstract and not model._transient
            for field in model._fields.values()
            if field.type == "many2one"
            and field.comodel_name == self._name
            and field.store
            and field.ondelete == "restrict"
        ]

    def _use_in(self, field, deleted):
        """What records have this one in a field, in words.

        :param field: one of ``_keeping_fields``
        :param deleted: the records that are deleted with this one
        :return: "Case: 2 (…)" with those that the user sees, "Case" if they see none; empty
            if there are none
        :rtype: str
        """
        # Blocks are deleted with those inside.
        operator = "child_of" if self._parent_store else "="
        domain = Domain(field.name, operator, self.id)
        if field.model_name == self._name:
            domain &= Domain("id", "not in", deleted.ids)
        users = self.env[field.model_name].with_context(active_test=False)
        # sudo: what the user may not read keeps the record, too, and is not counted for them.
        if not users.sudo().search_count(domain, limit=1):
            return ""
        label = self.env["ir.model"].sudo()._get(field.model_name).name
        seen = users.has_access("read") and users.search(domain)
        return f"{label}: {some_named(seen)}" if seen else label


def some_named(records):
    """How many records there are, and the names or numbers of some: "2 (P-1, P-2)"."""
    name = records._rec_name or "display_name"
    names = [*records[:MOST_NAMED].mapped(name), *(["…"] if len(records) > MOST_NAMED else [])]
    return f"{len(records)} ({', '.join(names)})"
