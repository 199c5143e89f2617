from markupsafe import Markup

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from .support.common import AtencionCommon

SAID = {"message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
HTTP = "odoo.http"


class EvidenceCommon(AtencionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.create_case(
            contract_id=cls.contract.id,
            requester_id=cls.customer.partner_id.id,
            user_id=cls.agent.id,
        )
        cls.env.cr.flush()
        # Whoever may do most, with this application and with Odoo.
        cls.manager.group_ids |= cls.env.ref("base.group_system")

    def said(self, user, body="<p>We come on Monday</p>", **values):
        """A message that a user writes on the case, as that user."""
        case = self.on(user, self.case)
        return case.message_post(body=Markup(body), **(SAID | values))

    def bodies(self):
        self.case.invalidate_recordset(["message_ids"])
        return " ".join(self.case.message_ids.mapped("body"))

    def file(self, **values):
        return self.env["ir.attachment"].create({"name": "act.txt", "raw": b"Act"} | values)


@tagged("post_install", "-at_install")
class TestEvidence(EvidenceCommon):
    """No call takes away or changes what was said on a case."""

    def test_messages_and_the_log_are_not_deleted_nor_changed(self):
        self.said(self.customer)
        self.said(self.agent)
        self.case.priority = "3"
        self.case.message_post(body="Among us", subtype_xmlid="mail.mt_note")
        self.env.cr.flush()
        messages = self.case.message_ids
        changes = (
            {"body": "<p>Nothing</p>"},
            {"author_id": self.manager.partner_id.id},
            {"date": "2020-01-01 00:00:00"},
            {"is_internal": True},
            {"subtype_id": self.env.ref("mail.mt_note").id},
            {"attachment_ids": [Command.clear()]},
            {"model": "res.partner", "res_id": self.holder.id},
            {"tracking_value_ids": [Command.clear()]},
        )
        for user in (self.agent, self.supervisor, self.manager, self.customer):
            for message in self.on(user, messages):
                with self.subTest(user=user.login, body=message.sudo().body):
                    with self.assertRaises(AccessError):
                        message.unlink()
                    for vals in changes:
                        with self.assertRaises(AccessError):
                            message.write(dict(vals))
        self.assertEqual(messages.exists(), messages)

    def test_commands_of_the_case_take_no_message_away(self):
        message = self.said(self.customer)
        commands = (
            Command.delete(message.id),
            Command.unlink(message.id),
            Command.update(message.id, {"body": ""}),
            Command.clear(),
            Command.set([]),
        )
        case = self.on(self.manager, self.case)
        for name in ("message_ids", "website_message_ids"):
            for command in commands:
                with self.subTest(name, command=command), self.assertRaises(AccessError):
                    case.write({name: [command]})
                    self.env.flush_all()
        self.assertIn("We come on Monday", self.bodies())

    def test_no_door_lets_a_message_be_forged(self):
        """By whichever call it is posted, and by defaults in a context."""
        other = self.supervisor.partner_id.id
        bot = self.env.ref("base.partner_root").id
        new = {"body": "Hello", "model": "atencion.case", "res_id": self.case.id}
        schedule = new | {"author_id": other, "scheduled_date": "2090-01-01 00:00:00"}

        def composed(user, values):
            composer = self.on(user, self.env["mail.compose.message"]).create(
                {"model": "atencion.case", "res_ids": repr(self.case.ids), "body": "Hello"}
                | {"auto_delete": False, "subject": "Hello"}
                | values
            )
            composer._action_send_mail()

        def by_default(user, values):
            context = {f"default_{name}": value for name, value in values.items()}
            message = self.on(user, self.env["mail.message"]).with_context(**context)
            message.create({name: value for name, value in new.items() if name not in values})

        doors = {
            "post": lambda user, values: self.on(user, self.case).message_post(
                body="Hello", **values
            ),
            "record": lambda user, values: self.on(user, self.env["mail.message"]).create(
                new | values
            ),
            "default": by_default,
            "default model": lambda user, values: by_default(user, new | values),
            "notify": lambda user, values: self.on(user, self.case).message_notify(
                body="Hello", partner_ids=self.agent2.partner_id.ids, **values
            ),
            "composer": composed,
            "many": lambda user, values: composed(user, values | {"composition_mode": "mass_mail"}),
        }
        forged = (
            {"author_id": other},
            {"author_id": bot},
            {"date": "2020-01-01 00:00:00"},
            {"message_type": "email"},
        )
        for user in (self.agent, self.manager):
            for name, door in doors.items():
                for values in forged:
                    offered = {
                        "notify": ("author_id", "date"),
                        "composer": ("author_id",),
                        "many": ("author_id",),
                    }
                    if not set(values) <= set(offered.get(name, values)):
                        continue
                    with self.subTest(door=name, user=user.login, values=values):
                        with self.assertRaises(AccessError), self.cr.savepoint():
                            door(user, dict(values))
                        if name not in ("composer", "many"):
                            door(user, {})
            with self.subTest("scheduled", user=user.login):
                later = self.on(user, self.env["mail.scheduled.message"]).create(dict(schedule))
                later.write({"author_id": other})
                self.assertEqual(later.author_id, user.partner_id)
                later.post_message()
                self.assertEqual(self.case.message_ids[0].author_id, user.partner_id)

    def test_the_system_is_free(self):
        case = self.on(self.agent, self.case).sudo()
        said = case.message_post(body="Hi", author_id=self.holder.id, message_type="email")
        self.assertEqual((said.author_id, said.message_type), (self.holder, "email"))

    def test_nobody_forges_a_changed_value(self):
        field = self.env["ir.model.fields"]._get("atencion.case", "priority")
        values = {"field_id": field.id, "new_value_char": "Low", "old_value_char": "High"}
        commands = [Command.create(values)]
        for user in (self.agent, self.manager):
            with self.subTest(user.login):
                with self.assertRaises(AccessError):
                    self.said(user, tracking_value_ids=commands)
                own = self.on(user, self.env["mail.message"])
                new = {"model": "atencion.case", "res_id": self.case.id, "body": "Changed"}
                with self.assertRaises(AccessError):
                    own.create(new | {"tracking_value_ids": commands})

    def test_no_message_is_moved_to_a_case(self):
        contact = self.on(self.agent, self.holder)
        message = contact.message_post(body="Hello", date="2020-01-01 00:00:00")
        with self.assertRaises(AccessError):
            message.write({"model": "atencion.case", "res_id": self.case.id})

    def test_who_is_out_of_office_answers_in_their_name(self):
        self.agent2.write(
            {
                "out_of_office_from": "2020-01-01 00:00:00",
                "out_of_office_to": "2090-01-01 00:00:00",
                "out_of_office_message": "<p>On holidays</p>",
            }
        )
        self.said(self.agent, partner_ids=self.agent2.partner_id.ids)
        answer = self.case.message_ids.filtered(lambda one: "On holidays" in one.body)
        self.assertEqual(answer.author_id, self.agent2.partner_id)

    def test_no_detour_takes_a_file_away(self):
        """A file is that of a message by the link, whatever it says that it belongs to."""
        own = self.on(self.agent, self.env["ir.attachment"])
        file = own.create({"name": "act.txt", "raw": b"Act"}).sudo()
        self.said(self.agent, attachment_ids=file.ids)
        for user in (self.agent, self.supervisor, self.manager):
            mine = self.on(user, file)
            for vals in ({"res_field": "description"}, {"res_model": "res.partner", "res_id": 1}):
                with self.assertRaises(AccessError):
                    mine.write(vals)
            file.res_field = "description"
            with self.assertRaises(AccessError):
                mine.unlink()
            file.res_field = False
        self.assertEqual(file.raw, b"Act")

    def test_a_correction_that_hides_the_text_is_logged(self):
        message = self.said(self.agent)
        hidden = Markup("<p><s>We come on Monday</s></p>")
        self.case._message_update_content(message.sudo(), body=hidden)
        self.assertIn("It said", self.bodies())

    def test_values_of_the_log_are_not_deleted(self):
        self.case.priority = "3"
        self.env.cr.flush()
        values = self.case.message_ids.sudo().tracking_value_ids
        self.assertTrue(values)
        for change in (
            lambda: self.on(self.manager, values).unlink(),
            lambda: self.on(self.manager, values).write({"new_value_char": "Low"}),
        ):
            with self.assertRaises(AccessError):
                change()

    def test_mail_that_is_removed_from_the_queue_leaves_its_message(self):
        mail = self.env["mail.mail"].create(
            {
                "model": "atencion.case",
                "res_id": self.case.id,
                "body_html": "<p>Your request was received</p>",
                "auto_delete": True,
            }
        )
        message = mail.mail_message_id
        self.on(self.manager, mail).unlink()
        self.assertTrue(message.exists())
        other = self.env["mail.mail"].create({"body_html": "<p>Other</p>"})
        message = other.mail_message_id
        other.unlink()
        self.assertFalse(message.exists())

    def test_files_of_messages_stay(self):
        file = self.file(res_model="atencion.case", res_id=self.case.id)
        self.said(self.agent, attachment_ids=file.ids)
        for user in (self.agent, self.manager):
            mine = self.on(user, file)
            for vals in ({"raw": b""}, {"name": "x"}, {"res_id": 0}, {"datas": False}):
                with self.subTest(user=user.login, vals=vals), self.assertRaises(AccessError):
                    mine.write(vals)
            with self.assertRaises(AccessError):
                mine.unlink()
        loose = self.file(res_model="atencion.case", res_id=self.case.id)
        self.on(self.agent, loose).unlink()

    def test_ratings_are_the_customers(self):
        rating = self.env["rating.rating"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id("atencion.case"),
                "res_id": self.case.id,
                "rating": 1,
                "consumed": True,
            }
        )
        mine = self.on(self.manager, rating)
        for change in (
            lambda: mine.write({"rating": 5}),
            lambda: mine.unlink(),
            lambda: mine.copy(),
        ):
            with self.assertRaises(AccessError):
                change()

    def test_case_with_correspondence_is_not_deleted(self):
        empty = self.create_case()
        self.on(self.manager, empty).unlink()
        self.said(self.customer)
        with self.assertRaisesRegex(UserError, "correspondence"):
            self.on(self.manager, self.case).unlink()

    def test_deleted_case_leaves_a_row(self):
        plain, secret = self.create_case(), self.create_case(is_confidential=True)
        names = [plain.name, secret.name]
        self.on(self.manager, plain | secret).unlink()
        rows = self.env["atencion.setting.change"].search([("field_name", "=", "atencion.case")])
        texts = rows.sorted("id").mapped("old_value")
        self.assertEqual(texts, [f"{names[0]} · Water under the sink", names[1]])
        self.assertEqual(rows.user_id, self.manager)
        self.assertEqual(rows.company_id, self.lima)

    def test_others_do_with_their_messages_what_they_did(self):
        partner = self.env["res.partner"].create({"name": "Somebody"})
        message = partner.message_post(body="Hello", **SAID)
        self.on(self.manager, message).write({"body": "<p>Good morning</p>"})
        self.on(self.manager, message).unlink()
        self.assertFalse(message.exists())

    def test_nobody_writes_in_the_name_of_another_or_of_another_day(self):
        own, other = self.agent.partner_id, self.holder
        case = self.on(self.agent, self.case)
        forged = (
            {"author_id": other.id},
            {"author_id": self.supervisor.partner_id.id},
            {"email_from": "somebody@example.com", "author_id": False},
            {"date": "2020-01-01 10:00:00"},
            {"author_id": own.id, "date": "2020-01-01 10:00:00"},
        )
        for values in forged:
            with self.subTest(post=values), self.assertRaises(AccessError):
                case.message_post(body="Forged", **values)
            with self.subTest(create=values), self.assertRaises(AccessError):
                case.env["mail.message"].create(
                    {"model": case._name, "res_id": case.id, "body": "Forged"} | values
                )
        message = case.message_post(body="Mine", author_id=own.id)
        self.assertEqual(message.author_id, own)
        self.assertEqual(case.message_post(body="Mine, too").author_id, own)
        company = case.message_post(body="Ours", author_id=self.lima.partner_id.id, **SAID)
        self.assertEqual(company.author_id, self.lima.partner_id)
        partner = self.on(self.agent, other)
        self.assertTrue(partner.message_post(body="Not ours", author_id=other.id))

    def test_stars_and_pins_are_no_change(self):
        message = self.said(self.agent)
        message.toggle_message_starred()
        self.assertTrue(message.starred)


@tagged("post_install", "-at_install")
class TestCorrections(EvidenceCommon, HttpCase):
    """“Edit” and “Delete” of the conversation, by the routes of Odoo."""

    def update(self, user, message, **values):
        self.authenticate(user.login, user.login + "x" * (8 - len(user.login)))
        data = {"body": "", "attachment_ids": [], "partner_ids": []} | values
        return self.make_jsonrpc_request(
            "/mail/message/update_content", {"message_id": message.id, "update_data": data}
        )

    def test_correction_keeps_the_former_text(self):
        for user in (self.agent, self.customer):
            with self.subTest(user=user.login):
                message = self.said(user, f"<p>{user.login}: Monday</p>")
                recipients = message.sudo().partner_ids
                self.update(user, message, body=f"{user.login}: Tuesday")
                self.env.invalidate_all()
                self.assertIn("Tuesday", message.sudo().body)
                self.assertGreaterEqual(message.sudo().partner_ids, recipients)
                line = self.case.message_ids[0]
                self.assertIn(f"{user.login}: Monday", line.body)
                self.assertIn("corrected", line.body)
                self.assertEqual(line.author_id, user.partner_id)
                self.assertTrue(line.subtype_id.internal)

    def test_each_correction_keeps_the_text_before(self):
        message = self.said(self.agent, "<p>First</p>")
        for text in ("Second", "Third"):
            self.update(self.agent, message, body=text)
        for text in ("First", "Second", "Third"):
            self.assertIn(text, self.bodies())

    @mute_logger(HTTP)
    def test_nothing_is_emptied(self):
        message = self.said(self.agent)
        for body in ("", "<p><br></p>", "​"):
            with self.subTest(body=body), self.assertRaises(JsonRpcException):
                self.update(self.agent, message, body=body)
        file = self.file(res_model="atencion.case", res_id=self.case.id)
        with_file = self.said(self.agent, "<p>Attached</p>", attachment_ids=file.ids)
        with self.assertRaises(JsonRpcException):
            self.update(self.agent, with_file, body="Nothing attached")
        with self.assertRaises(JsonRpcException):
            self.make_jsonrpc_request("/mail/attachment/delete", {"attachment_id": file.id})
        self.env.invalidate_all()
        self.assertIn("We come on Monday", message.body)
        self.assertEqual(with_file.attachment_ids, file)
        self.assertNotIn("corrected", self.bodies())

    @mute_logger(HTTP)
    def test_only_the_author_corrects(self):
        """Odoo lets administrators rewrite the messages of anybody."""
        for author in (self.customer, self.agent):
            message = self.said(author)
            with self.assertRaises(JsonRpcException):
                self.update(self.manager, message, body="I am satisfied")
            self.env.invalidate_all()
            self.assertIn("We come on Monday", message.sudo().body)
        self.update(self.manager, self.said(self.manager), body="Mine")

    @mute_logger(HTTP)
    def test_message_is_not_hidden_from_the_customer(self):
        message = self.said(self.agent)
        self.authenticate(self.agent.login, self.agent.login)
        with self.assertRaises(JsonRpcException):
            self.make_jsonrpc_request(
                "/mail/update_is_internal", {"message_id": message.id, "is_internal": True}
            )
        self.assertFalse(message.is_internal)
