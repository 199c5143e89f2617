import ast
from datetime import datetime
from pathlib import Path

from odoo.modules import get_module_path
from odoo.tests import freeze_time, tagged

from .support.common import NOTE, AtencionCommon

PAST = "2020-01-01 12:00:00"
# What any client may send, for keys that expect something else.
FORGED = (True, 1, "x", PAST, ["x"], {"1": "<b>x</b>"})
# Fields depend on these: Odoo itself refuses a context in which such a key cannot be hashed.
HASHED = {"atencion_addressee", "atencion_announced", "atencion_reasons"}
# What the code reads of a context, and what a forged value may do (docs/security.md).
OBJECTS_OF_THE_SERVER = {
    "atencion_accepted",
    "atencion_addressee",
    "atencion_addresses",
    "atencion_announced",
    "atencion_arrival",
    "atencion_contact_import",
    "atencion_correction_reason",
    "atencion_document_changes",
    "atencion_event_told",
    "atencion_file_reading",
    "atencion_finishing",
    "atencion_holders",
    "atencion_holders_told",
    "atencion_import",
    "atencion_link_owner",
    "atencion_listed",
    "atencion_logging",
    "atencion_mailing",
    "atencion_moment",
    "atencion_notice_tasks",
    "atencion_numbers_read",
    "atencion_rating",
    "atencion_reasons",
    "atencion_received_mail",
    "atencion_resubmission",
    "atencion_series",
    "atencion_settled",
    "atencion_successor",
    "atencion_third_parties",
    "atencion_tracking",
    "atencion_trial",
    "atencion_unannounced",
}
HARMLESS = {
    "atencion_addressed",
    "atencion_case_label",
    "atencion_short_label",
    "atencion_stage_code",
    "atencion_stage_id",
    "formatted_display_name",
    "import_file",
    "import_flush",
    "import_skip_records",
    "active_model",
    "default_mail_message_id",
    "default_res_model",
    "default_res_model_id",
    "mail_auto_subscribe_no_notify",
    "mail_notrack",
    "no_vat_validation",
    "prefetch_langs",
    "search_default_open",
    "search_default_unassigned_mine",
    "send_validated_to",
    "tracking_disable",
}
# Odoo checks these itself.
OF_EVERY_CLIENT = {"allowed_company_ids", "lang", "tz"}
# These say of which record something new is, and name a model.
LINKS = {
    "active_model",
    "default_mail_message_id",
    "default_res_model",
    "default_res_model_id",
}
CONSTANTS = {
    "ACCEPTED": "atencion_accepted",
    "CHANGES_KEY": "atencion_document_changes",
    "EVENT_TOLD": "atencion_event_told",
    "LINK_OWNER": "atencion_link_owner",
    "LISTED": "atencion_listed",
    "LOGGING": "atencion_logging",
    "MAILING": "atencion_mailing",
    "RATING": "atencion_rating",
    "REASON": "atencion_correction_reason",
    "REWRITTEN": "atencion_series",
    "SUCCESSOR": "atencion_successor",
    "TASKS": "atencion_notice_tasks",
    "THIRD_PARTIES": "atencion_third_parties",
    "TRACKING": "atencion_tracking",
}


@tagged("post_install", "-at_install")
class TestContextKeys(AtencionCommon):
    """A context comes from the client: what our code reads of it decides nothing that matters."""

    def test_every_key_that_the_code_reads_is_listed(self):
        listed = OBJECTS_OF_THE_SERVER | HARMLESS | OF_EVERY_CLIENT
        self.assertEqual(self._keys_read() - listed, set(), "decide what a forged value may do")
        self.assertEqual(listed - self._keys_read(), set(), "not read any more")

    def test_forged_objects_change_nothing(self):
        """Registering, moving, closing and reading go as without the key."""
        for value in FORGED:
            keys = OBJECTS_OF_THE_SERVER - (HASHED if isinstance(value, dict) else set())
            with self.subTest(value=value), freeze_time("2026-03-02 15:00:00"):
                self._walk(dict.fromkeys(keys, value))

    def test_all_keys_at_once_change_nothing(self):
        with freeze_time("2026-03-02 15:00:00"):
            self._walk(dict.fromkeys(OBJECTS_OF_THE_SERVER | HARMLESS - LINKS, True))

    def _walk(self, context):
        agent = self.on(self.agent, self.env["atencion.case"]).with_context(**context)
        case = agent.create(self.case_values(resolution="<p>Seal</p>"))
        self.assertEqual(case.received_at, datetime(2026, 3, 2, 15))
        case.write({"stage_id": self.stages["WCE"].id, "stage_note": NOTE})
        case.write({"stage_id": self.stages["CLO"].id, "stage_note": NOTE})
        self.env.flush_all()
        case = case.with_user(self.supervisor).with_context(**context)
        self.assertEqual(case.closed_at, datetime(2026, 3, 2, 15))
        self.assertEqual(case.attention_date.isoformat(), "2026-03-02")
        self.assertContiguous_closed(case.sudo())
        self.assertFalse(case.notice_reasons)
        self.assertEqual(case.addressee_id, case.requester_id | case.partner_id)

    def assertContiguous_closed(self, case):
        rows = self.ledger_entries(case)
        self.assertEqual(rows.mapped("stage_id.code"), ["PRO", "WCE", "CLO"])
        self.assertEqual(set(rows.mapped("entered_at")), {datetime(2026, 3, 2, 15)})

    def test_defaults_of_a_client_reach_nothing_that_follows(self):
        forged = {
            "default_state": "received",
            "default_mandatory": False,
            "default_left_at": PAST,
            "default_entered_at": PAST,
            "default_forced": True,
            "default_paused": True,
            "default_active": True,
            "default_is_internal": False,
            "default_subtype_id": self.env.ref("mail.mt_comment").id,
            "default_share": 100,
        }
        model = self.on(self.agent, self.env["atencion.case"]).with_context(**forged)
        case = model.create(self.case_values(type_id=self.type_documents.id))
        self.assertEqual(case.document_ids.mapped("state"), ["pending", "pending"])
        self.assertEqual(case.document_ids.mapped("mandatory"), [True, False])
        self.assertEqual(case.stage_id, self.stages["WRC"])
        self.assertContiguous(case.sudo())
        plain = model.create(self.case_values())
        plain.write({"type_id": self.type_documents.id})
        self.assertEqual(plain.document_ids.mapped("state"), ["pending", "pending"])
        plain.write({"stage_id": self.stages["WRC"].id, "stage_note": NOTE})
        change = self.on(self.agent, self.env["atencion.case.stage.change"])
        change = change.with_context(**forged).create(
            {
                "case_ids": plain.ids,
                "stage_id": self.stages["REJ"].id,
                "note": NOTE,
                "forced": False,
            }
        )
        change.action_apply()
        rows = self.ledger_entries(plain)
        self.assertEqual(rows.mapped("forced"), [False, False, False])
        self.assertContiguous(plain.sudo())

    def test_defaults_of_the_context_have_the_same_consequences_as_values(self):
        model = self.on(self.agent, self.env["atencion.case"])
        values = self.case_values()
        values.pop("type_id")
        case = model.with_context(default_type_id=self.type_documents.id).create(values)
        self.assertEqual(case.stage_id, self.stages["WRC"])
        self.assertTrue(case.document_ids)
        case = model.with_context(default_unit_id=self.flat.id).create(self.case_values())
        self.assertEqual((case.contract_id, case.partner_id), (self.contract, self.holder))

    def test_archived_configuration_is_no_destination_for_a_client_that_asks(self):
        first = self.env["atencion.case.stage"]._initial_stage(False)
        stage = first.copy({"sequence": 0, "code": "OLD", "name": "Old", "active": False})
        model = self.on(self.agent, self.env["atencion.case"]).with_context(active_test=False)
        self.assertNotEqual(model.create(self.case_values()).stage_id, stage)

    def test_what_figures_hang_on_is_logged_whatever_the_context_says(self):
        changes = {
            "exclude_from_kpi": True,
            "attention_date": "2026-03-01",
            "priority": "3",
            "request_date": "2026-02-20",
            "type_id": self.type_two_days.id,
            "area_id": self.deeds.id,
            "active": False,
        }
        for silence in ("tracking_disable", "mail_notrack"):
            for name, value in changes.items():
                with self.subTest(key=silence, field=name):
                    # Not overdue, so that its request date may be corrected.
                    case = self.create_case(
                        type_id=self.type_no_limit.id, received_at=datetime(2026, 2, 25, 15)
                    )
                    self.flush_tracking()
                    silent = self.on(self.supervisor, case).with_context(**{silence: True})
                    silent.write({name: value})
                    self.flush_tracking()
                    self.assertIn(name, self._logged(case))

    def test_archiving_is_logged_on_every_way(self):
        case = self.create_case()
        self.flush_tracking()
        self.on(self.supervisor, case).with_context(tracking_disable=True).action_archive()
        self.flush_tracking()
        self.assertIn("active", self._logged(case))

    def flush_tracking(self):
        self.env.flush_all()
        self.env.cr.precommit.run()

    def _logged(self, case):
        """The fields whose change the log of a case tells."""
        logged = set(case.message_ids.sudo().tracking_value_ids.field_id.mapped("name"))
        return logged | ({"request_date"} if "received_at" in logged else set())

    # -------------------------------------------------------------------------
    # The code
    # -------------------------------------------------------------------------

    def _keys_read(self):
        """The keys that our code reads of ``env.context``."""
        found = set()
        for addon in Path(get_module_path("atencion_cliente")).parent.glob("atencion_cliente*"):
            for folder in ("models", "wizard", "controllers", "report"):
                for file in sorted((addon / folder).rglob("*.py")):
                    found |= self._keys_in_file(file)
        return found

    def _keys_in_file(self, file):
        if file.name == "server_context.py":
            return set()
        nodes = ast.walk(ast.parse(file.read_text()))
        return {key for node in nodes for key in self._keys_in(node)}

    def _keys_in(self, node):
        """The key that a node reads: context.get(key), context[key], server_value(env, key)."""
        argument = None
        if isinstance(node, ast.Call) and node.args:
            if self._is_context_method(node.func):
                argument = node.args[0]
            elif getattr(node.func, "id", "") == "server_value":
                argument = node.args[1]
        elif isinstance(node, ast.Subscript) and self._is_context(node.value):
            argument = node.slice
        if isinstance(argument, ast.Constant):
            yield argument.value
        elif getattr(argument, "id", None) in CONSTANTS:
            yield CONSTANTS[argument.id]

    def _is_context_method(self, function):
        return (
            isinstance(function, ast.Attribute)
            and function.attr == "get"
            and self._is_context(function.value)
        )

    def _is_context(self, node):
        return "context" in (getattr(node, "attr", None), getattr(node, "id", None))
