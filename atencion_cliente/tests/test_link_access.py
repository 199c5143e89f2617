from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .support.hidden import HUSHED, HiddenCommon

LABEL = {"fields": {"display_name": {}}}
# Clients cannot write it: see ``test_outgoing_sender``.
OF_THE_SERVER = {"atencion_writer_id"}
REPORTS = ("atencion.unit.warranty", "atencion.unit.case.report")


@tagged("post_install", "-at_install")
class TestLinkAccess(HiddenCommon):
    """Records link to what their user reads, and labels tell the number of the rest.

    Walks every model of ours, and each relation of ours on a model of Odoo.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.visible["atencion.case"]
        cls.secret = cls.hidden_to_agent["atencion.case"][0]
        cls.case.document_ids = [Command.create({"name": "Letter", "mandatory": False})]
        note = cls.env["atencion.note"].create(
            {"name": "Note", "body": "<p>x</p>", "case_ids": cls.case.ids}
        )
        lines = (cls.case.document_ids[0], note, cls.contract.holder_ids[0])
        cls.records = cls.visible | {record._name: record for record in lines}
        cls.env.flush_all()

    def models(self):
        """A record of each model, with a user who writes it; none of a model without."""
        for model in self.env.values():
            ours = model._name.startswith("atencion.") and model._name not in REPORTS
            if model._abstract or model._transient or not (ours and self.relations(model)):
                continue
            for user in self.roles:
                record = self.on(user, self.records.get(model._name, model))
                if record.has_access("write"):
                    yield user, record
                    break

    def written(self, record):
        """The relations of a record that a client could write."""
        refused = getattr(record, "_get_server_only_fields", frozenset)()
        for field in self.relations(record):
            table = self.env[field.comodel_name]._auto
            if table and field.store and field.name not in refused and not field.related:
                yield field

    # -------------------------------------------------------------------------
    # Writing
    # -------------------------------------------------------------------------

    def test_models_check_every_link(self):
        for model in self.env.values():
            ours = model._name.startswith("atencion.") and model._name not in REPORTS
            if ours and not model._abstract and self.relations(model):
                self.assertChecked(model)

    def test_models_of_odoo_check_our_links(self):
        """One record only; Odoo checks what is linked by the others, and writes none of them."""
        for model in self.env.values():
            if not model._abstract and not model._name.startswith("atencion."):
                own = {
                    field.name
                    for field in self.relations(model)
                    if field.type == "many2one" and not field.related
                }
                with self.subTest(model=model._name):
                    self.assertLessEqual(
                        own, set(getattr(model, "_checked_links", ())) | OF_THE_SERVER
                    )

    def test_lists_of_ours_on_models_of_odoo_show_nothing_hidden(self):
        for model in self.env.values():
            if model._abstract or model._transient or model._name.startswith("atencion."):
                continue
            for field in self.relations(model):
                targets = self.hidden.get(field.comodel_name, ())
                for target in targets if field.type != "many2one" else ():
                    with self.subTest(field=str(field)):
                        seen, spec = self.on(self.agent, model), {field.name: LABEL}
                        vals = {field.name: [(4, target.id)]}
                        self.assertKept(seen.onchange, vals, [field.name], spec)
                        self.assertKept(seen.onchange, vals, [], spec)

    def test_link_to_what_is_hidden_is_refused(self):
        walked = set()
        for user, record in self.models():
            for field in self.written(record):
                for values in self.hidden_values(user, field):
                    with self.subTest(user=user.login, field=str(field)):
                        walked.add(str(field))
                        seen = self.on(user, record)
                        for value in values:
                            vals, spec = {field.name: value}, {field.name: LABEL}
                            empty = seen.browse()
                            self.assertRefused(empty.onchange, vals, [field.name], spec)
                            self.assertRefused(empty.onchange, vals, [], spec)
                            if seen:
                                self.assertRefused(seen.onchange, vals, [field.name], spec)
                                self.assertUndone(seen.write, vals)
                                data = seen.copy_data()[0] | vals
                                self.assertUndone(empty.create, data)
        expected = ("origin_id", "contract_id", "type_id", "note_ids", "solution_id")
        self.assertLessEqual({f"atencion.case.{name}" for name in expected}, walked)

    def assertUndone(self, method, *args):
        """A call is refused, for whatever reason, and tells nothing of what is hidden."""
        self.assertFalse(self.assertKept(method, *args), "it was not refused")

    def test_case_of_an_activity_is_one_that_its_user_reads(self):
        model = self.on(self.agent, self.env["mail.activity"])
        todo = self.env.ref("mail.mail_activity_data_todo").id
        vals = {"activity_type_id": todo, "case_id": self.secret.id, "summary": "x"}
        self.assertRefused(model.create, vals)
        self.assertRefused(model.onchange, vals, ["case_id"], {"case_id": LABEL})
        activity = model.create(vals | {"case_id": self.case.id})
        self.assertRefused(activity.write, {"case_id": self.secret.id})

    def test_link_that_is_there_already_stays(self):
        """Who may not read what a record links to still writes the rest of it."""
        self.case.origin_id = self.secret
        case = self.on(self.agent, self.case)
        case.write({"origin_id": self.secret.id, "customer_comment": "Called"})
        answer = case.onchange({"origin_id": self.secret.id}, ["origin_id"], {"origin_id": LABEL})
        self.assertNotIn(HUSHED, str(answer))
        self.assertEqual(self.case.customer_comment, "Called")
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            (case | self.on(self.agent, self.create_case())).write({"origin_id": self.secret.id})

    def test_what_the_superuser_writes_is_not_checked(self):
        case = self.on(self.agent, self.case)
        case.sudo().origin_id = self.secret
        self.assertEqual(self.case.origin_id, self.secret)

    # -------------------------------------------------------------------------
    # Origin
    # -------------------------------------------------------------------------

    def test_no_case_is_made_from_itself(self):
        first, second, third = self.create_cases(3)
        second.origin_id = first
        third.origin_id = second
        for case, origin in ((first, first), (first, second), (first, third)):
            with self.subTest(origin=origin.name), self.assertRaises(ValidationError) as refusal:
                case.origin_id = origin
            self.assertIn(case.name, str(refusal.exception))
        first.origin_id = False
        third.origin_id = first

    # -------------------------------------------------------------------------
    # Labels
    # -------------------------------------------------------------------------

    def test_who_may_not_read_a_case_gets_its_number(self):
        self.case.origin_id = self.secret
        self.agent.group_ids = [Command.link(self.env.ref("base.group_allow_export").id)]
        case, number = self.on(self.agent, self.case), self.secret.name
        spec = {"origin_id": LABEL}
        self.assertEqual(case.read(["origin_id"])[0]["origin_id"], (self.secret.id, number))
        self.assertEqual(case.web_read(spec)[0]["origin_id"]["display_name"], number)
        self.assertKept(case.export_data, ["origin_id"])
        groups = case.web_read_group([("id", "=", case.id)], ["origin_id"], ["__count"])["groups"]
        self.assertEqual(groups[0]["origin_id"], (self.secret.id, number))
        for reader in (self.supervisor_lima, self.manager_lima):
            seen = self.on(reader, self.case)
            self.assertIn(HUSHED, seen.read(["origin_id"])[0]["origin_id"][1])

    def test_label_follows_the_right_of_the_reader(self):
        """One transaction, several users: nobody gets the label of another."""
        secret = self.secret
        self.assertIn(HUSHED, secret.with_user(self.supervisor_lima).sudo().display_name)
        self.assertEqual(secret.with_user(self.agent).sudo().display_name, secret.name)
        self.assertIn(HUSHED, secret.with_user(self.supervisor_lima).sudo().display_name)
        chile = self.hidden["atencion.case"]
        both = chile.with_user(self.supervisor).sudo()
        for companies, label in ((self.lima, chile.name), (self.santiago, HUSHED)):
            one = both.with_context(allowed_company_ids=companies.ids)
            self.assertIn(label, one.display_name)
            self.assertEqual(HUSHED in one.display_name, companies == self.santiago)

    def test_labels_of_solutions_notes_and_documents_are_private_too(self):
        hidden = self.hidden
        document = hidden["atencion.case"].document_ids[0]
        for record in (hidden["atencion.solution"], hidden["atencion.note"], document):
            with self.subTest(model=record._name):
                self.assertIn(HUSHED, record.with_user(self.manager).sudo().display_name)
                label = record.with_user(self.agent).sudo().display_name
                self.assertEqual(label, f"No. {record.id}")

    def test_pick_list_names_no_hidden_holder(self):
        unit = self.hidden["atencion.unit"]
        contract = unit.current_contract_id
        unit.write({"name": "X-1", "code": "X-1"})
        contract.name = "X-1"
        for record in (contract, unit):
            shown = record.with_context(formatted_display_name=True)
            self.assertEqual(shown.with_user(self.agent).sudo().display_name, "X-1")
            self.assertIn(HUSHED, shown.with_user(self.manager).sudo().display_name)

    def test_refusal_in_debug_mode_names_the_number(self):
        """Odoo tells a developer which record it was, by its label."""
        self.agent.group_ids = [Command.link(self.env.ref("base.group_no_one").id)]
        with self.debug_mode(), mute_logger("odoo.addons.base.models.ir_rule"):
            with self.assertRaises(AccessError) as refusal:
                self.on(self.agent, self.secret).read(["subject"])
        self.assertNotIn(HUSHED, str(refusal.exception))

    def test_state_of_a_hidden_case_is_not_told_by_the_checklist(self):
        check = self.env["atencion.handover.check"].create(
            {"name": "Door", "contract_id": self.contract.id, "unit_id": self.flat.id}
        )
        check._write_checked({"case_id": self.secret.id})
        row = self.on(self.agent, check).read(["case_id", "case_stage_id"])[0]
        self.assertEqual(row["case_id"], (self.secret.id, self.secret.name))
        self.assertFalse(row["case_stage_id"])
        found = [("case_stage_id", "=", self.secret.stage_id.id), ("id", "=", check.id)]
        self.assertFalse(self.on(self.agent, check).search(found))
        check._write_checked({"case_id": self.case.id})
        self.assertEqual(self.on(self.agent, check).case_stage_id, self.case.stage_id)
        found[0] = ("case_stage_id", "=", self.case.stage_id.id)
        self.assertEqual(self.on(self.agent, check).search(found), check)
