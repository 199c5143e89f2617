# Texts of customers are not translated.
# pylint: disable=translation-required
from email.message import EmailMessage

from odoo.tests import tagged
from odoo.tools import SQL

from .support.incoming import STRANGER
from .support.register import ALIAS, CASE, RegisterCommon

FORM = "web@homes.example"


@tagged("post_install", "-at_install")
class TestIncomingRegister(RegisterCommon):
    """Every mail of the service has a row, which says what became of it."""

    def answering(self, sender, text="Hello", **headers):
        known = self.sent_message.message_id
        return self.mail(sender, text, **({"In_Reply_To": known, "References": known} | headers))

    # -------------------------------------------------------------------------
    # Which mails are ours
    # -------------------------------------------------------------------------

    def test_answer_of_the_customer(self):
        row = self.receive(self.answering(self.customer.email))
        self.assertEqual((row.kind, row.outcome, row.case_id), ("person", "message", self.case))
        self.assertEqual(row.email_normalized, self.customer.email)
        self.assertEqual((row.company_id, row.area_id), (self.lima, self.repairs))
        self.assertFalse(row.source)

    def test_new_mail(self):
        before = self.cases()
        row = self.receive(self.mail())
        self.assertEqual((row.kind, row.outcome), ("person", "case"), row.detail)
        self.assertEqual(self.cases() - before, row.case_id)
        self.assertEqual(row.email_from, STRANGER)

    def test_answer_to_a_catchall(self):
        raw = self.answering(self.customer.email, To="catchall@homes.example")
        self.assertEqual(self.receive(raw).case_id, self.case)

    def test_blind_copy_and_hint(self):
        for headers in (
            {"To": "undisclosed-recipients:;", "X_Original_To": ALIAS},
            {"To": "postventa+A-101@homes.example"},
            {"To": "other@example.org", "Received": f"from x by y for <{ALIAS}>; today"},
        ):
            with self.subTest(**headers):
                row = self.receive(self.mail(text=str(headers), **headers))
                self.assertEqual(row.outcome, "case", row.detail)

    def test_mails_of_other_applications_have_no_row(self):
        self.env["mail.alias"].create(
            {"alias_name": "sales", "alias_model_id": self.env["ir.model"]._get_id("res.partner")}
            | {"alias_domain_id": self.domain.id}
        )
        for headers in (
            {"To": "sales@homes.example"},
            # Odoo takes it for a mail to the other application.
            {"To": "sales@homes.example", "In_Reply_To": self.sent_message.message_id},
        ):
            with self.subTest(**headers):
                self.assertFalse(self.receive(self.mail(**headers)))
                self.assertTrue(self.result)

    def test_machine_that_writes_to_two_applications(self):
        self.env["mail.alias"].create(
            {"alias_name": "sales", "alias_model_id": self.env["ir.model"]._get_id("res.partner")}
            | {"alias_domain_id": self.domain.id}
        )
        before = self.cases()
        raw = self.mail(To=f"{ALIAS}, sales@homes.example", Auto_Submitted="auto-replied")
        row = self.receive(raw)
        self.assertEqual((row.kind, row.outcome), ("auto", "dropped"))
        self.assertEqual(self.cases(), before)
        self.assertTrue(self.env["res.partner"].browse(self.result).exists())

    # -------------------------------------------------------------------------
    # Form senders
    # -------------------------------------------------------------------------

    def test_form_sender(self):
        self.repairs.form_senders = FORM
        row = self.receive(
            self.mail(FORM, Reply_To="Luis <luis@example.com>", Auto_Submitted="auto-generated")
        )
        self.assertEqual((row.kind, row.outcome), ("person", "case"), row.detail)
        self.assertEqual(row.email_normalized, "luis@example.com")
        without = self.receive(self.mail(FORM, Auto_Submitted="auto-generated"))
        self.assertEqual((without.kind, without.outcome), ("auto", "dropped"))

    def test_nobody_is_a_colleague_by_a_form(self):
        self.repairs.form_senders = FORM
        row = self.receive(self.mail(FORM, Reply_To=self.agent.email))
        self.assertEqual((row.outcome, row.rule), ("held", "R13"))

    # -------------------------------------------------------------------------
    # Lists that are an address of ours
    # -------------------------------------------------------------------------

    def by_group(self, sender=STRANGER, list_id="postventa.homes.example", **headers):
        """A mail that came by a group of Google, to whose address it was sent."""
        return self.receive(
            self.mail(
                sender,
                **{
                    "List_Id": f"<{list_id}>",
                    "List_Post": f"<https://groups.google.com/post>, <mailto:{ALIAS}>",
                    "List_Unsubscribe": "<mailto:googlegroups-manage@homes.example>",
                    "Mailing_List": f"list {ALIAS}; contact postventa+owners@homes.example",
                    "Precedence": "list",
                    "X_BeenThere": ALIAS,
                    "X_Original_Sender": STRANGER,
                },
                **headers,
            )
        )

    def test_people_write_to_a_group_that_is_an_address_of_ours(self):
        row = self.by_group()
        self.assertEqual((row.kind, row.outcome), ("person", "case"), row.detail)
        self.assertEqual(self.to_customers(), [STRANGER], "acknowledged")
        automatic = self.by_group(Auto_Submitted="auto-replied")
        self.assertEqual((automatic.kind, automatic.outcome), ("auto", "dropped"))
        neighbours = self.by_group(list_id="vecinos.example.org")
        self.assertEqual((neighbours.kind, neighbours.outcome), ("list", "dropped"))

    def test_group_that_writes_its_address_into_from(self):
        sender = f"'Luis' via Postventa <{ALIAS}>"
        said = {"X_Original_From": "Luis <luis@example.com>", "Reply_To": "luis@example.com"}
        row = self.by_group(sender, **said)
        self.assertEqual((row.kind, row.outcome), ("person", "case"), row.detail)
        self.assertEqual(row.email_normalized, "luis@example.com")
        automatic = self.by_group(sender, Auto_Submitted="auto-replied", **said)
        self.assertEqual((automatic.kind, automatic.outcome), ("auto", "dropped"))
        forged = self.by_group(sender, X_Original_From=self.agent.email)
        self.assertEqual((forged.outcome, forged.rule), ("held", "R13"))
        without = self.receive(self.mail(sender, **said))
        self.assertEqual((without.kind, without.outcome), ("own", "dropped"))

    # -------------------------------------------------------------------------
    # Very many files
    # -------------------------------------------------------------------------

    def test_files_that_are_too_many_are_told_and_kept(self):
        mail = EmailMessage()
        for name, value in (("From", STRANGER), ("To", ALIAS), ("Subject", "Photographs")):
            mail[name] = value
        mail.set_content("All of them")
        for number in range(250):
            mail.add_attachment(b"x", "image", "jpeg", filename=f"{number}.jpg")
        row = self.receive(mail.as_bytes())
        self.assertEqual(row.outcome, "case", row.detail)
        files = self.env["ir.attachment"].search_count(
            [("res_model", "=", CASE), ("res_id", "=", row.case_id.id)]
        )
        self.assertLess(files, 250)
        self.assertIn("more files", " ".join(row.case_id.message_ids.mapped("body")))
        self.assertIn(b"249.jpg", row._source_file().raw)

    # -------------------------------------------------------------------------
    # Addresses that Odoo reads
    # -------------------------------------------------------------------------

    def test_no_address_passes_by_the_register(self):
        many = ", ".join(f"vecino{number}@example.org" for number in range(900))
        for to in (
            f"{many}, {ALIAS}",
            '"postventa"@homes.example',
            "postventa (us) @homes.example",
        ):
            raw = self.mail(To=None, Auto_Submitted="auto-replied")
            row = self.receive(f"To: {to}\r\n".encode() + raw)
            self.assertEqual((row.kind, row.outcome), ("auto", "dropped"), to[-60:])
            self.assertEqual(self.to_customers(), [])
        row = self.receive(f"To: {many}, {ALIAS}\r\n".encode() + self.mail(To=None))
        self.assertEqual((row.kind, row.outcome, row.area_id), ("person", "case", self.repairs))

    # -------------------------------------------------------------------------
    # R13: forged senders
    # -------------------------------------------------------------------------

    def test_forged_colleague(self):
        self.env["ir.config_parameter"].set_param(
            "atencion_cliente.mail_trusted_servers", "mx.example.net"
        )
        failed = "mx.example.net; spf=fail; dkim=none; dmarc=fail"
        row = self.receive(self.answering(self.agent.email, Authentication_Results=failed))
        self.assertEqual((row.outcome, row.rule), ("held", "R13"))
        self.assertTrue(row.source)
        self.assertEqual(row.to_do_id.user_id, row._administrator(self.lima))
        self.assertFalse(self.mails)
        # Of our domain, and of nobody.
        row = self.receive(self.mail("boss@homes.example", Authentication_Results=failed))
        self.assertEqual((row.outcome, row.rule), ("held", "R13"))
        other = "other.example.net; dmarc=fail"
        row = self.receive(self.answering(self.agent.email, Authentication_Results=other))
        self.assertEqual(row.outcome, "message")

    def test_one_to_do_for_all_that_waits(self):
        for _number in range(3):
            self.receive(self.mail(None, From="Nobody <>"))
        rows = self.register.search([("outcome", "=", "held")])
        self.assertEqual(len(rows), 3)
        self.assertEqual(len(rows.to_do_id), 1)

    # -------------------------------------------------------------------------
    # R15, R16: repetitions and floods
    # -------------------------------------------------------------------------

    def test_the_same_mail_is_filed_once(self):
        raw = self.answering(self.customer.email)
        self.assertEqual(self.receive(raw).outcome, "message")
        self.assertFalse(self.receive(raw))
        # As another mailbox has it.
        again = self.receive(b"Received: by other\r\n" + raw)
        self.assertEqual((again.outcome, again.rule), ("dropped", "R15"))
        self.assertEqual(len(self.case.message_ids.filtered("email_from")) and 1, 1)

    def test_another_mail_with_the_same_id_waits(self):
        self.receive(self.mail(Message_ID="<1@form.example>"))
        row = self.receive(self.mail(text="Another", Message_ID="<1@form.example>"))
        self.assertEqual((row.outcome, row.rule), ("held", "R15"))
        self.assertTrue(row.source)

    def test_repeated_text_is_of_the_same_case(self):
        first = self.receive(self.mail(text="It leaks"))
        before = self.cases()
        second = self.receive(self.mail(text="It  leaks"))
        self.assertEqual(second.case_id, first.case_id, second.detail)
        self.assertEqual(self.cases(), before)
        self.env.cr.execute(
            "UPDATE atencion_incoming_mail SET create_date = create_date - interval '11 minutes'"
        )
        third = self.receive(self.mail(text="It leaks"))
        self.assertEqual(self.cases() - before, third.case_id)

    def test_flood(self):
        self.env["ir.config_parameter"].set_param("atencion_cliente.mail_limit", "3")
        for number in range(3):
            row = self.receive(self.answering(self.customer.email, f"Mail {number}"))
            self.assertEqual(row.outcome, "message")
        for number in range(3):
            row = self.receive(self.answering(self.customer.email, f"More {number}"))
            self.assertEqual((row.outcome, row.rule), ("held", "R16"))
            self.assertFalse(self.mails)
            self.assertTrue(row.source)
            self.assertFalse(row.to_do_id, "the manager of the area is told")
        to_do = self.case.activity_ids.filtered(lambda one: one.user_id == self.area_user)
        self.assertEqual(len(to_do), 1)

    def test_flood_of_new_cases(self):
        self.env["ir.config_parameter"].set_param("atencion_cliente.mail_case_limit", "2")
        outcomes = [self.receive(self.mail(text=f"Case {number}")).outcome for number in range(3)]
        self.assertEqual(outcomes, ["case", "case", "held"])

    def test_cases_that_a_flood_makes_excuse_it_not(self):
        self.env["ir.config_parameter"].set_param("atencion_cliente.mail_case_limit", "6")
        outcomes = [self.receive(self.mail(text=f"Case {number}")).outcome for number in range(8)]
        self.assertEqual(outcomes, ["case"] * 6 + ["held"] * 2)
        self.earlier("atencion_case")
        self.assertEqual(self.receive(self.mail(text="One more")).rule, "R16", "it goes on")

    def earlier(self, table):
        """Let the records of a table be two hours older."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET create_date = create_date - interval '2 hours'",
                SQL.identifier(table),
            )
        )

    def test_flood_from_addresses_with_tags(self):
        self.env["ir.config_parameter"].set_param("atencion_cliente.mail_case_limit", "2")
        outcomes = [
            self.receive(self.mail(f"soporte+{number}@otra.example", f"Case {number}")).outcome
            for number in range(3)
        ]
        self.assertEqual(outcomes, ["case", "case", "held"])
        row = self.receive(self.mail("soporte2@otra.example", "Case"))
        self.assertEqual(row.outcome, "case")

    def test_original_of_a_flood_is_kept_without_its_files(self):
        self.env["ir.config_parameter"].set_param("atencion_cliente.mail_limit", "1")
        self.receive(self.answering(self.customer.email))
        raw = self.with_file(self.answering(self.customer.email, "See"), b"x" * 2_000_000)
        row = self.receive(raw)
        self.assertEqual((row.outcome, row.rule), ("held", "R16"))
        self.assertGreater(row.size, 2_000_000)
        kept = row._source_file().raw
        self.assertLess(len(kept), 10_000)
        row.with_user(self.manager).action_create_case()
        self.assertEqual((row.outcome, row.case_id), ("message", self.case), row.detail)
        self.assertIn("See", self.case.message_ids[0].body)
        self.assertFalse(self.receive(raw), "it is known by what arrived")

    def test_colleagues_and_great_customers_may_write_much(self):
        self.env["ir.config_parameter"].set_param("atencion_cliente.mail_limit", "1")
        for _number in range(6):
            self.create_case(requester_email="owner@example.org")
        self.earlier("atencion_case")
        for sender in (self.agent.email, "owner@example.org"):
            for number in range(3):
                row = self.receive(self.answering(sender, f"Mail {number}"))
                self.assertEqual(row.outcome, "message", sender)

    # -------------------------------------------------------------------------
    # Size, hostile texts
    # -------------------------------------------------------------------------

    def large(self, text="See the film", sender=None):
        film = b"x" * 900_000
        return self.with_file(self.answering(sender or self.customer.email, text), film)

    def with_file(self, raw, content):
        from email import message_from_bytes, policy

        mail = message_from_bytes(raw, policy=policy.SMTP)
        mail.add_attachment(content, "video", "mp4", filename="film.mp4")
        return mail.as_bytes()

    def test_what_is_too_large_is_left_out_and_named(self):
        self.env["ir.config_parameter"].set_param("atencion_cliente.mail_size_limit_mb", "1")
        row = self.receive(self.large())
        self.assertEqual(row.outcome, "message", row.detail)
        logged = " ".join(self.case.message_ids.mapped("body"))
        self.assertIn("See the film", logged)
        self.assertIn("film.mp4", logged)
        self.assertEqual(self.mailed(self.mails, "film.mp4"), [self.customer.email])
        self.assertTrue(row.told_at)
        self.receive(self.large("Again"))
        self.assertEqual(self.mailed(self.mails, "film.mp4"), [], "once a day")

    def test_hostile_bytes(self):
        for number, head in enumerate(
            (
                b"In-Reply-To: <a\x00b@c>\r\nReferences: <\xff\xfe@x> <\x00@y>",
                b"Cc: \xff\xfe\x00 <\xe9\x00@homes.example>",
                b"From: \x00 <second@example.org>",
                b"Message-ID: <\x00\xff@x>",
            )
        ):
            with self.subTest(head=head):
                raw = head + b"\r\n" + self.mail(text=f"Mail {number}")
                row = self.receive(raw)
                self.assertIn(row.outcome, ("case", "held"), row.detail)

    def test_cost(self):
        """What the register adds to a mail; other mails of the transaction fill the caches."""
        self.receive(self.answering(self.customer.email, Auto_Submitted="auto-replied"))
        raw = self.answering(self.customer.email, "Away", Precedence="list")
        gateway = self.env["mail.thread"].with_user(self.env.ref("base.user_root"))
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(13):
            gateway.message_process(False, raw)
            self.env.flush_all()

    def test_hostile_headers(self):
        for headers, text in (
            ({"Subject": "=?utf-8?B?" + "AAAA" * 20 + "?="}, "NUL in the subject"),
            ({"Subject": "<script>alert(1)</script>" * 100}, "Markup"),
            ({}, "NUL \0 in the text"),
            ({"Message_ID": f"<{'x' * 3000}@example.org>"}, "Long"),
            ({"Subject": "x" * 20_000}, "Long subject"),
            ({"X_Original_To": "nul\0@homes.example"}, "NUL in an address"),
        ):
            with self.subTest(text=text):
                raw = self.mail(text=text, **headers)
                row = self.receive(raw)
                self.assertEqual(row.outcome, "case", row.detail)
                self.assertLessEqual(len(row.subject or ""), 500)
