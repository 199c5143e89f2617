from odoo.tests import tagged

from .support.hidden import HUSHED, OURS, HiddenCommon

# Dialogs that link to no record.
WITHOUT_LINKS = {"atencion.incoming.mail.trial"}


@tagged("post_install", "-at_install")
class TestWizardAccess(HiddenCommon):
    """No dialog tells of what its user may not read, whichever way its id comes.

    Walks every dialog of ours, and each relation of ours on a dialog of Odoo. A new one
    is walked by itself.
    """

    # -------------------------------------------------------------------------
    # Helpers
    # -------------------------------------------------------------------------

    def dialogs(self):
        """Each dialog with users who may open it."""
        for model in self.env.values():
            if model._transient and not model._abstract and self.relations(model):
                users = [user for user in self.roles if model.with_user(user).has_access("create")]
                for user in users[:2] or [self.env.ref("base.user_admin")]:
                    yield model, user

    def walk(self):
        """Each dialog of a user with a relation and what the user may not link by it."""
        for model, user in self.dialogs():
            for field in self.relations(model):
                for values in self.hidden_values(user, field):
                    yield self.on(user, model), field, values

    def valid(self, model):
        """Values that a dialog is created with, of records that its user reads."""
        vals = {}
        for name, field in model._fields.items():
            if field.compute or field.default or not field.required:
                continue
            if field.relational:
                comodel = model.env[field.comodel_name]
                if comodel._transient:
                    target = comodel.create(self.valid(comodel))
                    # Its lines are computed, and would replace what follows.
                    target.flush_recordset()
                else:
                    target = self.visible[field.comodel_name]
                vals[name] = target.id if field.type == "many2one" else [(6, 0, target.ids)]
            elif field.type in ("char", "text", "html"):
                vals[name] = "x"
        return vals

    # -------------------------------------------------------------------------
    # Every dialog
    # -------------------------------------------------------------------------

    def test_all_dialogs_are_walked(self):
        walked = {model._name for model, _user in self.dialogs()}
        dialogs = {
            model._name
            for model in self.env.values()
            if model._transient and model._name.startswith("atencion.")
        } - WITHOUT_LINKS
        self.assertLessEqual(dialogs | {"mail.compose.message", "res.config.settings"}, walked)

    def test_dialogs_check_every_link(self):
        for model, _user in self.dialogs():
            self.assertChecked(model)
            if model._name.startswith("atencion."):
                self.assertIsInstance(model, self.env.registry["atencion.dialog"])

    def test_dialogs_compute_with_the_rights_of_their_user(self):
        for model, _user in self.dialogs():
            if model._name.startswith("atencion."):
                for field in model._fields.values():
                    if field.compute and (field._module or "").startswith(OURS):
                        with self.subTest(field=str(field)):
                            self.assertFalse(field.compute_sudo)

    def test_new_dialog_links_to_nothing_hidden(self):
        for model, field, values in self.walk():
            with self.subTest(user=model.env.user.login, field=str(field)):
                for value in values:
                    vals = self.valid(model) | {field.name: value}
                    self.assertRefused(model.create, vals)
                    self.assertRefused(model.web_save, vals, self.spec(model))

    def test_form_shows_nothing_hidden(self):
        for model, field, values in self.walk():
            with self.subTest(user=model.env.user.login, field=str(field)):
                valid, spec = self.valid(model), self.spec(model)
                others = [name for name in valid if name != field.name]
                for value in values:
                    vals = valid | {field.name: value}
                    for changed in ([], [field.name], others):
                        self.assertRefused(model.onchange, vals, changed, spec)
                    self.assertRefused(model.onchange, {field.name: value}, [], spec)

    def test_context_brings_nothing_hidden(self):
        for model, field, values in self.walk():
            with self.subTest(user=model.env.user.login, field=str(field)):
                valid, spec = self.valid(model), self.spec(model)
                valid.pop(field.name, None)
                for value in values:
                    forged = model.with_context(**{f"default_{field.name}": value})
                    defaults = self.assertKept(forged.default_get, [field.name])
                    shown = self.assertKept(forged.onchange, valid, [], spec)
                    saved = self.assertKept(forged.web_save, valid, spec)
                    # What follows from another field has its own value, whatever is asked for.
                    if not field.related:
                        for answer in (defaults, shown and shown["value"], *(saved or ())):
                            self.assertFalse(answer and answer.get(field.name))
                    self.assertKept(forged.onchange, {}, [], {})

    def test_opened_dialog_links_to_nothing_hidden(self):
        for model, field, values in self.walk():
            with self.subTest(user=model.env.user.login, field=str(field)):
                dialog, spec = model.create(self.valid(model)), self.spec(model)
                for value in values if dialog else ():
                    vals = {field.name: value}
                    self.assertRefused(dialog.write, vals)
                    self.assertRefused(dialog.web_save, vals, spec)
                    self.assertRefused(dialog.onchange, vals, [field.name], spec)
                    self.assertRefused(dialog.onchange, vals, [], spec)

    def test_lines_of_a_dialog_link_to_nothing_hidden(self):
        model = self.env["atencion.contract.holder.change"]
        for user in (self.supervisor_lima, self.manager_lima):
            for target in self.specimens(user, "res.partner"):
                on = self.on(user, model)
                spec, valid = self.spec(on), self.valid(on)
                for key in (0, "virtual_1"):
                    vals = valid | {"line_ids": [(0, key, {"partner_id": target.id})]}
                    self.assertRefused(on.create, vals)
                    self.assertRefused(on.onchange, vals, [], spec)
                    self.assertRefused(on.onchange, vals, ["line_ids"], spec)

    def test_dialog_is_of_who_opened_it(self):
        for model, user in self.dialogs():
            if not model._name.startswith("atencion."):
                continue
            on = self.on(user, model)
            dialog = on.create(self.valid(on))
            others = self.supervisor_lima | self.manager_lima | self.manager
            for other in others - user if dialog else ():
                with self.subTest(dialog=model._name, other=other.login):
                    seen = self.on(other, dialog)
                    self.assertRefused(seen.read)
                    self.assertRefused(seen.onchange, {}, [], self.spec(model))
                    self.assertFalse(
                        seen.browse().has_access("read") and seen.search([("id", "=", dialog.id)])
                    )

    def test_dialog_tells_no_more_of_what_became_hidden(self):
        """The user leaves the area of a case while the dialog about it is open."""
        case = self.create_case(requester_firstname=HUSHED, subject=HUSHED)
        model = self.on(self.agent, self.env["atencion.requester.registration"])
        dialog = model.create({"case_id": case.id})
        self.assertIn(HUSHED, dialog.requester_name)
        self.repairs.member_ids = [(3, self.agent.id)]
        dialog = self.on(self.agent, dialog)
        self.assertKept(dialog.web_read, self.spec(dialog))
        self.assertKept(dialog.onchange, {}, [], self.spec(dialog))
        self.assertRefused(dialog.action_create)

    def test_dialogs_open_and_save_about_what_their_user_reads(self):
        for model, user in self.dialogs():
            if model._name.startswith("atencion."):
                with self.subTest(dialog=model._name, user=user.login):
                    on = self.on(user, model)
                    valid, spec = self.valid(on), self.spec(on)
                    self.assertIn("value", on.onchange(dict(valid), [], spec))
                    on.web_save(valid, spec)
                    self.assertIn("value", on.onchange({}, [], spec))
