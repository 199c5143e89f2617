from odoo import api, models
from odoo.exceptions import AccessError

from ..base.public_method import public
from . import starter_book, starter_tables, starter_uses

# Most names that a message lists.
MOST_NAMED = 8
# The models of the example, in the order in which their records are removed.
MODELS = (
    "atencion.escalation.rule",
    "res.role",
    "atencion.request.detail",
    "atencion.request.type",
    "atencion.claim.type",
    "atencion.place",
    "atencion.case.category",
    "atencion.case.type",
    "atencion.area",
)


class AtencionStarter(models.AbstractModel):
    """The example: records with which a property developer starts.

    An administrator loads it into their company, in Spanish if the company or they speak it,
    else in English. From then on the records are the company's own: no update touches them.
    They can be removed again; what somebody changed stays, and what cases or other records use.
    """

    _name = "atencion.starter"
    _description = "Example of customer care"

    @api.model
    @public()
    def action_load(self):
        """Load what is missing of the example into the current company: administrators."""
        self._check_administrator()
        book = starter_book.StarterBook(self.env, self.env.company)
        starter_tables.load(book)
        if not book.added:
            text = self.env._("The example is there already: nothing was added.")
        else:
            text = self.env._(
                "%(count)s records were loaded into %(company)s. Change or delete what you do "
                "not need. Next: open each area and say who belongs to it.",
                count=book.added,
                company=self.env.company.name,
            )
        if not book.may_share:
            text += " " + self.env._(
                "Roles, the rules that notify them, and types of claims and requests serve every "
                "company: an administrator of all companies loads them."
            )
        areas = self.env["ir.actions.act_window"]._for_xml_id(
            "atencion_cliente.atencion_area_action"
        )
        # The page that it was loaded from says that nothing is there: no way leads back to it.
        return self._notification(text, next_action=areas | {"target": "main"})

    @api.model
    @public()
    def action_unload(self):
        """Remove what nobody changed or uses of the example: administrators."""
        self._check_administrator()
        removed, kept = self._unload()
        text = self.env._(
            "%(count)s records of the example were removed from %(company)s.",
            count=removed,
            company=self.env.company.name,
        )
        if kept:
            names = ", ".join(record.display_name for record in kept[:MOST_NAMED])
            text += " " + self.env._(
                "Some stay (%(count)s), because somebody changed them, or because cases or other "
                "records use them: %(names)s.",
                count=len(kept),
                names=f"{names}, …" if len(kept) > MOST_NAMED else names,
            )
        reload = {"type": "ir.actions.client", "tag": "soft_reload"}
        return self._notification(text, next_action=reload, stays=bool(kept))

    @api.model
    def _unload(self):
        """Remove the unused records that are as they were loaded.

        :return: how many were removed, and those that stay
        :rtype: tuple[int, list[models.Model]]
        """
        loaded = self._loaded()
        unchanged = {
            model: found.filtered(lambda record: record.write_date <= record.create_date)
            for model, found in loaded.items()
        }
        unused = starter_uses.unused(self.env, unchanged)
        for model in MODELS:
            # Those inside others go first: nothing in use is deleted.
            inside = unused[model].filtered(_is_inside)
            inside.unlink()
            (unused[model] - inside).unlink()
        kept = [record for model in MODELS for record in (loaded[model] - unused[model]).exists()]
        return sum(map(len, unused.values())), kept

    @api.model
    def _loaded(self):
        """The records of the example that the user may remove, by model.

        What all companies share belongs to the last company that has the example.
        """
        env, company = self.env(context=self.env.context | {"active_test": False}), self.env.company
        shared = env.user._acts_in_every_company() and not starter_book.is_loaded_elsewhere(
            env, company
        )
        loaded = {model: env[model] for model in MODELS}
        for (model, _name), record in starter_book.loaded_records(env, company, shared).items():
            loaded[model] |= record
        return loaded

    @api.model
    @public()
    def whom_to_ask(self):
        """Names of the administrators of the current company, for users without the right."""
        self.env["atencion.area"].check_access("read")
        return self._administrator_names()

    @api.model
    def _administrator_names(self):
        group = self.env.ref("atencion_cliente.group_manager")
        # sudo: who administrates is no secret for the users of customer care.
        users = self.env["res.users"].sudo()
        return users.search(
            [
                ("all_group_ids", "in", group.ids),
                ("company_ids", "in", self.env.company.ids),
                ("share", "=", False),
            ],
            limit=3,
        ).mapped("name")

    @api.model
    def _check_administrator(self):
        if not self.env.user.has_group("atencion_cliente.group_manager"):
            raise AccessError(
                self.env._(
                    "Administrators of Customer Care load and remove the example. Ask one of them."
                )
            )

    @api.model
    def _notification(self, text, next_action, stays=False):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.env._("Example"),
                "message": text,
                "type": "warning" if stays else "success",
                # Names that are to be read stay until somebody closes them.
                "sticky": stays,
                "next": next_action,
            },
        }


def _is_inside(record):
    return "parent_id" in record._fields and record.parent_id
