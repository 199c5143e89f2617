from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .public_method import public

CASE = "atencion.case"
# Most records that a message names.
MOST_NAMED = 5


class AtencionInUse(models.AbstractModel):
    """Configuration that is neither archived nor deleted while something uses it.

    Open cases use it, and other configuration that sends cases to it. A model says by which
    fields: ``_case_link`` of cases, ``_setting_links`` of other models. The dialog
    ``atencion.archiving`` moves all of them to another record and then archives this one.
    """

    _name = "atencion.in.use"
    _description = "Configuration in use"

    # The field of cases that links to the model; None if cases do not.
    _case_link = None
    # Pairs of a model and a field of it that links to the model.
    _setting_links = ()

    def write(self, vals):
        if "active" in vals and not vals["active"]:
            self._concerned().filtered("active")._refuse_in_use()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_use(self):
        self._concerned()._refuse_in_use()

    def _concerned(self):
        """Those of the records that are ours, for extensions of models of Odoo."""
        return self

    # -------------------------------------------------------------------------
    # What uses it
    # -------------------------------------------------------------------------

    def _open_cases(self):
        """The open cases that use the records, whoever may read them.

        :return: in ``sudo``
        """
        # sudo: cases that the user may not read count, too.
        cases = self.env[CASE].sudo().with_context(active_test=True)
        if not self._case_link or not self:
            return cases
        return cases.search([(self._case_link, "in", self.ids), ("closed_at", "=", False)])

    def _using_settings(self):
        """The configuration that uses the records, and is not archived itself.

        :return: pairs of records, in ``sudo``, and the name of their field
        """
        found = []
        for model, name in self._setting_links if self else ():
            domain = Domain(name, "in", self.ids)
            if model == self._name:
                # What is archived together does not keep each other from it.
                domain &= Domain("id", "not in", self.ids)
            # sudo: configuration of other companies counts, too.
            settings = self.env[model].sudo().with_context(active_test=True)
            found.append((settings.search(domain), name))
        return found

    def _refuse_in_use(self):
        """Refuse to archive or delete records that something uses.

        :raise UserError: says how many open cases and settings use the first one, and what to do
        """
        for record in self:
            cases = len(record._open_cases())
            settings = [one for found, _name in record._using_settings() for one in found]
            if cases or settings:
                raise UserError(record._in_use_message(cases, settings))

    def _in_use_message(self, cases, settings):
        self.ensure_one()
        names = [
            # sudo: users may not read the list of models.
            f"{self.env['ir.model'].sudo()._get(one._name).name} “{one.display_name}”"
            for one in settings[:MOST_NAMED]
        ]
        if len(settings) > MOST_NAMED:
            names.append("…")
        return self.env._(
            "“%(name)s” is in use. Open cases: %(cases)s. Settings that use it: %(uses)s%(names)s. "
            "Move them to another one first: the button “Archive” of its form does it.",
            name=self.display_name,
            cases=cases,
            uses=len(settings),
            names=f" ({', '.join(names)})" if names else "",
        )

    # -------------------------------------------------------------------------
    # Archiving
    # -------------------------------------------------------------------------

    @public(one=True)
    def action_archive_in_use(self):
        """Archive the record, or ask to which one its open cases and uses are moved."""
        self.check_access("write")
        if not self._open_cases() and not any(found for found, _name in self._using_settings()):
            self.write({"active": False})
            return None
        dialog = self.env["atencion.archiving"].create({"res_model": self._name, "res_id": self.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Archive “%s”", self.display_name),
            "res_model": dialog._name,
            "res_id": dialog.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _move_uses(self, target, note):
        """Move all that uses the record to another one, with the rights of the user.

        :param target: the record that takes over
        :param str note: why; a change of state carries it
        """
        self.ensure_one()
        everywhere = {"allowed_company_ids": self.env.user.company_ids.ids, "active_test": True}
        cases = self._open_cases().with_env(self.env).with_context(**everywhere)
        if cases:
            self._move_cases(cases, target, note)
        for settings, name in self._using_settings():
            settings.with_env(self.env).with_context(**everywhere).write({name: target.id})

    @api.model
    def _move_cases(self, cases, target, note):
        cases.write({self._case_link: target.id})
