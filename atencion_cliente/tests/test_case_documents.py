from datetime import date

from freezegun import freeze_time
from psycopg2.errors import UniqueViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .support.documents import DocumentsCommon
from .support.notices import SPANISH

NOON = "2025-03-03 17:00:00"
TODAY = date(2025, 3, 3)


@tagged("post_install", "-at_install")
class TestCaseDocuments(DocumentsCommon):
    """The required documents of a case, their states, and access to their files."""

    def names(self, case):
        return {line.name: line.mandatory for line in case.document_ids}

    def document(self):
        """A mandatory document of a case that does not move by itself."""
        return self.line(self.create_case(type_id=self.type_documents.id), "Identity card")

    # -------------------------------------------------------------------------
    # Required documents
    # -------------------------------------------------------------------------

    def test_each_kind_of_requester_hands_over_his_own(self):
        common = {"Deed": True, "Photographs": False}
        expected = {
            False: common | {"Identity card": True},
            "holder": common | {"Identity card": True},
            "tenant": common | {"identity  Card": False},
            "proxy": common | {"Identity card": True, "Power": True},
        }
        for relation, names in expected.items():
            with self.subTest(relation=relation):
                case = self.moving_case(requester_relation=relation)
                self.assertEqual(self.names(case), names)

    def test_a_document_is_the_same_by_its_name_in_the_language_of_the_company(self):
        deed = self.type_moving.requirement_ids[0]
        title = deed.copy({"name": "Title", "relation": "tenant", "mandatory": False})
        (deed | title).with_context(lang=SPANISH).name = "Escritura"
        self.assertEqual(len(self.moving_case(requester_relation="tenant").document_ids), 4)
        self.lima.partner_id.lang = SPANISH
        case = self.moving_case(requester_relation="tenant")
        self.assertEqual(len(case.document_ids), 3)
        self.assertIn(title, case.document_ids.requirement_id)

    def test_another_relation_asks_for_more_and_drops_what_nobody_needs(self):
        case = self.on(self.agent, self.moving_case(requester_relation="proxy"))
        case.requester_relation = "holder"
        self.assertNotIn("Power", self.names(case))
        self.assertIn("Not required any more: Power.", self.log(case))
        case.requester_relation = "proxy"
        self.assertIn("Power", self.names(case))
        self.assertIn("Documents now required: Power.", self.log(case))

    def test_what_arrived_is_never_dropped(self):
        case = self.moving_case(requester_relation="proxy")
        power, card = self.line(case, "Power"), self.line(case, "Identity card")
        (power | card).state = "received"
        case.requester_relation = "tenant"
        self.assertEqual(power.state, "received")
        self.assertFalse(power.mandatory or power.requirement_id)
        self.assertFalse(card.mandatory, "optional for a tenant, and the same line")
        self.assertEqual(len(case.document_ids), 4)

    def test_another_type_keeps_what_arrived(self):
        case = self.moving_case()
        self.receive(case, "Identity card")
        case.document_ids = [Command.create({"name": "Sketch", "mandatory": True})]
        case.type_id = self.type_documents
        names = {line.name: (line.mandatory, line.state) for line in case.document_ids}
        self.assertEqual(
            names,
            {
                "Identity card": (True, "received"),
                "Photographs": (False, "pending"),
                "Sketch": (True, "pending"),
            },
        )
        self.assertLessEqual(
            set(case.document_ids.requirement_id), set(self.type_documents.requirement_ids)
        )

    def test_a_case_waits_for_what_its_requester_has_to_hand_over(self):
        only_proxy = self.type_two_days.copy()
        only_proxy.requirement_ids = [Command.create({"name": "Power", "relation": "proxy"})]
        started = {
            relation: self.create_case(
                type_id=only_proxy.id, requester_relation=relation
            ).stage_code
            for relation in ("holder", "proxy")
        }
        self.assertEqual(started, {"holder": "PRO", "proxy": "WRC"})

    def test_form_shows_what_is_required_while_the_case_is_registered(self):
        with Form(self.env["atencion.case"].with_company(self.lima)) as form:
            form.subject = "Deed"
            form.partner_id = self.holder
            form.type_id = self.type_documents
            form.type_id = self.type_moving
            form.requester_relation = "proxy"
            self.assertEqual(
                {line["name"] for line in form.document_ids._records},
                {"Deed", "Identity card", "Power", "Photographs"},
            )
            with form.document_ids.edit(1) as line:
                line.state = "received"
            form.requester_relation = "holder"
        case = form.record
        self.assertEqual(self.names(case).keys(), {"Deed", "Identity card", "Photographs"})
        self.assertEqual(self.line(case, "Identity card").state, "received")
        self.assertTrue(all(case.document_ids.mapped("requirement_id")))
        self.assertEqual(case.stage_code, "RIT")

    def register(self, lines, **vals):
        """A case that a client registers with these lines, as its form sends them."""
        vals = {"type_id": self.type_moving.id, "requester_relation": "holder"} | vals
        commands = [[0, f"virtual_{index}", line] for index, line in enumerate(lines)]
        return self.create_case(document_ids=commands, **vals)

    def test_lines_without_their_requirement_are_not_doubled(self):
        """The cards of a telephone send back what they show: no requirement is among it."""
        shown = [
            {"name": "Deed", "mandatory": True, "state": "pending", "due_date": False},
            {"name": " identity  card", "mandatory": True, "state": "received"},
            {"name": "Sketch", "mandatory": False},
        ]
        case = self.register(shown)
        names = [line.name for line in case.document_ids]
        self.assertCountEqual(names, ["Deed", " identity  card", "Sketch", "Photographs"])
        self.assertEqual(len(case.document_ids.requirement_id), 3)
        self.assertEqual(self.line(case, " identity  card").state, "received")
        self.assertEqual(case.stage_code, "RIT")

    def test_lines_that_are_sent_twice_are_listed_once(self):
        deed = self.type_moving.requirement_ids.filtered(lambda row: row.name == "Deed")
        line = {"requirement_id": deed.id, "name": "Deed", "mandatory": True}
        case = self.register([line, line | {"requirement_id": False}, line | {"state": "received"}])
        self.assertEqual(self.names(case).keys(), {"Deed", "Identity card", "Photographs"})
        self.assertEqual(self.line(case, "Deed").state, "received")

    def test_a_requirement_is_listed_once_on_every_path(self):
        case = self.on(self.agent, self.moving_case())
        line = {"requirement_id": self.line(case).requirement_id.id}
        other = case.document_ids.create({"case_id": case.id, "name": "Other"})
        for write in (
            lambda: case.document_ids.create(line | {"case_id": case.id}),
            lambda: case.write({"document_ids": [Command.create(line)]}),
            lambda: other.write(line),
        ):
            refused = self.assertRaises(UniqueViolation)
            with mute_logger("odoo.sql_db"), refused, self.cr.savepoint():
                write()
                self.env.flush_all()

    def test_line_of_a_requirement_of_another_type_is_refused(self):
        case = self.create_case()
        other = self.type_documents.requirement_ids[0]
        with self.assertRaises(ValidationError) as refusal:
            case.document_ids = [Command.create({"requirement_id": other.id})]
        self.assertIn("is required by the type", str(refusal.exception))
        with self.assertRaises(ValidationError):
            self.line(self.moving_case()).requirement_id = other

    def test_a_line_stays_on_its_case(self):
        line = self.line(self.moving_case())
        with self.assertRaises(UserError):
            line.case_id = self.moving_case()
        line.case_id = line.case_id

    def test_what_is_mandatory_is_waived_and_not_dropped(self):
        case = self.on(self.agent, self.moving_case())
        line = self.line(case)
        for drop in (
            lambda: line.write({"mandatory": False}),
            lambda: line.write({"requirement_id": False}),
            lambda: line.unlink(),
            lambda: case.create(
                {
                    "subject": "Deed",
                    "type_id": case.type_id.id,
                    "document_ids": [
                        Command.create(
                            {"requirement_id": line.requirement_id.id, "mandatory": False}
                        )
                    ],
                }
            ),
        ):
            with self.assertRaises(UserError) as refusal:
                drop()
            self.assertIn("Waive it", str(refusal.exception))
        self.line(self.on(self.supervisor, case)).unlink()

    # -------------------------------------------------------------------------
    # States
    # -------------------------------------------------------------------------

    def test_reason_of_what_is_rejected_or_waived(self):
        for state in ("rejected", "waived"):
            line = self.line(self.moving_case())
            for reason in (False, "  "):
                with self.subTest(state=state), self.assertRaises(ValidationError):
                    line.write({"state": state, "reason": reason})
        line.write({"state": "rejected", "reason": "Expired"})
        with self.assertRaises(ValidationError):
            line.state = "waived"
        line.state = "pending"
        self.assertFalse(line.reason)

    def test_who_waived_and_when_it_was_received(self):
        line = self.on(self.agent, self.document())
        line.write({"state": "waived", "reason": "Known customer"})
        self.assertEqual(line.waived_by_id, self.agent)
        with freeze_time(NOON):
            line.state = "received"
        self.assertFalse(line.waived_by_id)
        self.assertEqual(str(line.received_at), NOON)
        for values in ({"waived_by_id": self.agent2.id}, {"received_at": NOON}):
            with self.assertRaises(AccessError):
                line.write(values)
            with self.assertRaises(AccessError):
                line.case_id.document_ids = [Command.create({"name": "Letter"} | values)]

    def test_each_change_is_one_line_of_the_log(self):
        case = self.create_case(type_id=self.type_documents.id)
        card, photos = case.document_ids
        count = len(case.message_ids)
        self.on(self.agent, case).document_ids = [
            Command.update(card.id, {"state": "rejected", "reason": "<b>Blurred</b>"}),
            Command.update(photos.id, {"state": "in_transit"}),
        ]
        self.assertEqual(len(case.message_ids), count + 1)
        said = self.log(case)
        self.assertIn("Identity card: Pending → Rejected (&lt;b&gt;Blurred&lt;/b&gt;)", said)
        self.assertIn("; Photographs: Pending → In transit", said)
        self.assertEqual(case.message_ids[0].author_id, self.agent.partner_id)

    def test_due_date(self):
        with freeze_time(NOON):
            case = self.moving_case(request_date="2025-03-01")
            line = self.line(case)
            self.assertEqual(line.due_date, date(2025, 3, 6))
            self.assertFalse(self.line(case, "Identity card").due_date)
            self.assertFalse(line.is_overdue)
        with freeze_time("2025-03-07 04:59:00"):
            line.invalidate_recordset()
            self.assertFalse(line.is_overdue, "still the 6th in Lima")
        with freeze_time("2025-03-07 05:00:00"):
            line.invalidate_recordset()
            self.assertTrue(line.is_overdue)
            line.state = "received"
            self.assertFalse(line.is_overdue)
            line.write({"state": "rejected", "reason": "Expired"})
            self.assertEqual(line.due_date, date(2025, 3, 12), "he has the same days again")

    # -------------------------------------------------------------------------
    # Files
    # -------------------------------------------------------------------------

    def test_a_file_that_is_attached_makes_it_received(self):
        states = {"pending": {}, "in_transit": {}, "rejected": {"reason": "Blurred"}}
        for state, more in states.items():
            with self.subTest(state=state):
                line = self.document()
                line.write({"state": state} | more)
                line.attachment_ids = self.file()
                self.assertEqual((line.state, line.reason), ("received", False))
        line.write(
            {"state": "rejected", "reason": "Old", "attachment_ids": [Command.link(self.file().id)]}
        )
        self.assertEqual(line.state, "rejected", "what is said counts")
        line.attachment_ids = [Command.unlink(line.attachment_ids[0].id)]
        self.assertEqual(line.state, "rejected", "taking a file away brings nothing")

    def test_a_new_line_with_a_file_is_received(self):
        case = self.create_case()
        case.document_ids = [
            Command.create(
                {"name": "Letter", "state": "pending", "attachment_ids": [self.file().id]}
            )
        ]
        self.assertEqual(case.document_ids.state, "received")

    def test_form_shows_what_a_file_does(self):
        line = self.document()
        with Form(line) as form:
            form.attachment_ids.add(self.file())
            self.assertEqual(form.state, "received")
            form.state = "rejected"
            form.reason = "Blurred"
        self.assertEqual(line.state, "rejected")

    def test_who_reads_the_case_opens_its_files(self):
        case = self.create_case(user_id=self.agent.id)
        file = self.file(self.agent)
        self.on(self.agent, case).document_ids = [
            Command.create({"name": "Letter", "attachment_ids": [Command.link(file.id)]})
        ]
        self.assertEqual(
            (file.res_model, file.res_id), (case.document_ids._name, case.document_ids.id)
        )
        for reader in (self.agent, self.area_user, self.supervisor):
            with self.subTest(reader=reader.login):
                self.assertEqual(self.on(reader, file).raw, b"xxxx")
        for stranger in (self.agent2, self.deeds_agent, self.agent_chile, self.outsider):
            with self.subTest(stranger=stranger.login), self.assertRaises(AccessError):
                self.on(stranger, file).read(["raw"])

    def test_a_file_of_somebody_else_is_not_taken(self):
        secret = self.create_case(is_confidential=True)
        secret.document_ids = [
            Command.create({"name": "Secret", "attachment_ids": [self.file().id]})
        ]
        loose = self.file(self.agent2)
        line = self.on(self.agent, self.document())
        for file in (secret.document_ids.attachment_ids, loose):
            with self.assertRaises(AccessError):
                line.attachment_ids = [Command.link(file.id)]

    def test_a_file_of_another_record_is_copied(self):
        line = self.document()
        file = self.file(res_model="res.partner", res_id=self.holder.id)
        line.attachment_ids = [Command.link(file.id)]
        self.assertEqual((file.res_model, file.res_id), ("res.partner", self.holder.id))
        self.assertEqual(line.attachment_ids.res_id, line.id)
        self.assertEqual(line.attachment_ids.raw, file.raw)

    def test_a_file_over_the_limit_is_refused(self):
        self.env["ir.config_parameter"].set_param("web.max_file_upload_size", "10")
        line = self.line(self.moving_case())
        line.attachment_ids = self.file(size=10)
        with self.assertRaises(ValidationError) as refusal:
            line.attachment_ids = [Command.create({"name": "scan.pdf", "raw": b"x" * 11})]
        for said in ("scan.pdf", "11.00 bytes", "10.00 bytes", "Deed"):
            self.assertIn(said, str(refusal.exception))
        self.env["ir.config_parameter"].set_param("web.max_file_upload_size", "nonsense")
        line.attachment_ids = [Command.create({"name": "scan.pdf", "raw": b"x" * 11})]
