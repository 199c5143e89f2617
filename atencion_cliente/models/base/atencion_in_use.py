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
    # Names of the fields that say what a record applies to: they stay while something uses it.
    _kept_in_use = frozenset()

    def write(self, vals):
        if "active" in self._fields and not vals.get("active", True):
            self._concerned().filtered("active")._refuse_in_use(self._in_use_advice())
        kept = self._kept_in_use & vals.keys()
        if kept:
            self._concerned()._with_other_values(kept, vals)._refuse_in_use(
                self.env._("What it applies to stays as it is: create another one instead.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_use(self):
        self._concerned()._refuse_in_use(self._in_use_advice())

    def _concerned(self):
        """Those of the records that are ours, for extensions of models of Odoo."""
        return self

    def _with_other_values(self, names, vals):
        """The records of which values change any of some fields."""
        return self.filtered(
            lambda record: any(
                record._fields[name].convert_to_write(record[name], record) != vals[name]
                for name in names
            )
        )

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

        What is only deleted, as it cannot be archived, is used by archived configuration, too.

        :return: pairs of records, in ``sudo``, and the name of their field
        """
        found = []
        for model, name in self._setting_links if self else ():
            domain = Domain(name, "in", self.ids)
            if model == self._name:
                # What is archived together does not keep each other from it.
                domain &= Domain("id", "not in", self.ids)
            # sudo: configuration of other companies counts, too.
            settings = self.env[model].sudo().with_context(active_test="active" in self._fields)
            found.append((settings.search(domain), name))
        return found

    def _refuse_in_use(self, advice):
        """Refuse what would take records away from what uses them.

        :param str advice: what to do instead
        :raise UserError: says how many open cases and settings use the first one, and what to do
        """
        for record in self:
            cases = len(record._open_cases())
            settings = [one for found, _name in record._using_settings() for one in found]
            if cases or settings:
                raise UserError(record._in_use_message(cases, settings, advice))

    def _in_use_message(self, cases, settings, advice):
        self.ensure_one()
        use = self.env._(
            "“%(name)s” is in use. Open cases: %(cases)s. Settings that use it: %(uses)s%(names)s.",
            name=self.display_name,
            cases=cases,
            uses=len(settings),
            names=f" ({self._names_of(settings)})" if settings else "",
        )
        return f"{use} {advice}"

    def _in_use_advice(self):
        """What to do before the records are archived or deleted."""
        return self.env._(
            "Move them to another one first: the button “Archive” of its form does it."
        )

    @api.model
    def _names_of(self, settings):
        """The models and names of the first of some records of configuration, as one text."""
        names = [
            # sudo: users may not read the list of models.
            f"{self.env['ir.model'].sudo()._get(one._name).name} “{one.display_name}”"
            for one in settings[:MOST_NAMED]
        ]
        return ", ".join([*names, "…"] if len(settings) > MOST_NAMED else names)

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
        :raise UserError: names the configuration that the user may not change
        """
        self.ensure_one()
        everywhere = {"allowed_company_ids": self.env.user.company_ids.ids, "active_test": True}
        cases = self._open_cases().with_env(self.env).with_context(**everywhere)
        if cases:
            self._move_cases(cases, target, note)
        for found, name in self._using_settings():
            settings = found.with_env(self.env).with_context(**everywhere)
            self._changeable(settings).write({name: target.id})

    def _changeable(self, settings):
        """The configuration that uses the record, in an environment that may write it.

        :raise UserError: names what the user may not change
        """
        if settings._name == "res.company":
            refused = settings - self.env.user.company_ids
            # sudo: administrators of customer care choose the settings of the companies that
            # they may act in, without a right on the companies.
            settings = settings.sudo()
        else:
            refused = settings - settings._filtered_access("write")
        if refused:
            raise UserError(
                self.env._(
                    "“%(name)s” is used by %(uses)s, and you may not change it. Ask an "
                    "administrator of all companies to archive “%(name)s”.",
                    name=self.display_name,
                    # sudo: the user may not read what uses it; its name says whom to ask.
                    uses=self._names_of(refused.sudo()),
                )
            )
        return settings

    @api.model
    def _move_cases(self, cases, target, note):
        cases.write({self._case_link: target.id})
