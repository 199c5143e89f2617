# Texts of customers are not translated.
# pylint: disable=translation-required
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .support.area_mail import (
    ADDRESS,
    ADDRESS_CHILE,
    NEIGHBOUR,
    OTHER_ADDRESS,
    ROSA,
    AreaMailCommon,
)
from .support.incoming import CASE

CATCHALL = "catchall@homes.example"


@tagged("post_install", "-at_install")
class TestIncomingRoute(AreaMailCommon):
    """Where a person's mail goes: rules R5 to R15 through Odoo's gateway."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.followed_case()
        cls.public_message = cls.say_in_public(cls.case)
        cls.other = cls.known_case(
            requester_email="otro@example.org", user_id=cls.agent.id, subject="Secret matter"
        )
        cls.env["ir.sequence"].search(
            [("code", "=", CASE), ("company_id", "=", cls.santiago.id)]
        ).prefix = "CH-%(range_year)s-"
        cls.abroad = cls.env[CASE].create(
            {"subject": "Abroad", "company_id": cls.santiago.id, "type_id": cls.type_chile.id}
        )
        cls.env.cr.flush()
        cls.queue().unlink()

    def reply(self, sender=ROSA, text="Sigue goteando", **headers):
        known = self.public_message.message_id
        return self.letter(
            sender=sender,
            text=text,
            **(
                {"subject": f"Re: {self.case.name}", "In_Reply_To": known, "References": known}
                | headers
            ),
        )

    # -------------------------------------------------------------------------
    # R5 to R7: by the number
    # -------------------------------------------------------------------------

    def test_number_of_an_own_case(self):
        for subject in (f"RE: {self.case.name} · x", f"caso {self.case.name.lower()}"):
            message = self.joins(self.case, subject=subject)
            self.assertPublic(message, self.case)
            self.assertEqual(message.author_id, self.holder)
        self.assertFalse([one for one in self.told() if one == ROSA], "no acknowledgement")

    def test_number_of_a_case_of_others(self):
        case = self.makes_case(
            sender=NEIGHBOUR, subject=f"Re: {self.other.name}", text="¿Cómo va este caso?"
        )
        self.assertEqual(case.related_case_ids, self.other)
        self.assertEqual(self.other.related_case_ids, case)
        self.assertIn(self.other.name, self.log(case))
        self.assertNotIn(self.other.name, case.subject)
        self.assertEqual(self.told(), [], "no acknowledgement")
        self.assertFalse(self.other.message_ids.filtered(lambda one: one.message_type == "email"))

    def test_related_cases_are_shown_to_agents_who_may_see_them(self):
        case = self.makes_case(sender=NEIGHBOUR, subject=f"Re: {self.other.name}")
        case.user_id = self.agent2
        self.other.write({"is_confidential": True, "legal_user_id": self.agent.id})
        self.env.cr.flush()
        for user, seen in ((self.supervisor, True), (self.agent2, False)):
            self.env.invalidate_all()
            self.assertEqual(bool(self.on(user, case).related_case_ids), seen, user.login)
            [values] = self.on(user, case).read(["related_case_ids"])
            self.assertEqual(bool(values["related_case_ids"]), seen, user.login)
        case.requester_id = self.customer.partner_id
        with self.assertRaises(AccessError):
            self.on(self.customer, case).read(["related_case_ids"])
        with self.assertRaises(AccessError):
            self.on(self.supervisor, case).related_case_ids = False

    def test_several_numbers(self):
        second = self.followed_case(subject="Mine, too")
        case = self.makes_case(subject=f"{self.case.name}, {second.name} y {self.other.name}")
        self.assertEqual(case.related_case_ids, self.case | second)
        self.assertFalse(self.other.related_case_ids)

    def test_number_of_another_company(self):
        case = self.makes_case(sender=NEIGHBOUR, subject=f"Re: {self.abroad.name}")
        self.assertFalse(case.related_case_ids)
        self.assertEqual(case.company_id, self.lima)
        self.abroad.requester_email = NEIGHBOUR
        self.assertEqual(
            self.makes_case(sender=NEIGHBOUR, subject=self.abroad.name).related_case_ids,
            self.abroad,
        )

    def test_unknown_number_is_none(self):
        case = self.makes_case(subject="Re: AC-1999-99999 fuga")
        self.assertFalse(case.related_case_ids)

    def test_colleague_writes_with_a_number(self):
        message = self.joins(self.case, sender=self.carla.email, subject=self.case.name)
        self.assertInternal(message, self.written, "Gotea el caño", self.case)

    def test_catchall_alone_with_a_number(self):
        message = self.joins(self.case, to=CATCHALL, subject=f"Re: {self.case.name}")
        self.assertPublic(message, self.case)
        case = self.makes_case(sender=NEIGHBOUR, to=CATCHALL, subject=self.other.name)
        self.assertEqual(case.related_case_ids, self.other)
        self.assertEqual(case.area_id, self.repairs)

    def test_route_by_number(self):
        cases = self.env[CASE]
        table = [
            (f"Re: {self.case.name}", CATCHALL, self.case),
            (f"Re: {self.case.name}", f"{CATCHALL}, x@example.org", cases),
            (f"Re: {self.case.name}", ADDRESS, cases),
            (f"{self.case.name} {self.other.name}", CATCHALL, cases),
            ("Re: AC-1999-99999", CATCHALL, cases),
            ("Hola", CATCHALL, cases),
            (self.case.name, "", cases),
        ]
        for subject, recipients, case in table:
            with self.subTest(subject=subject, recipients=recipients):
                self.assertEqual(cases._route_by_number(subject, recipients), case)

    # -------------------------------------------------------------------------
    # R8 to R10: closed cases
    # -------------------------------------------------------------------------

    def test_closed_case_is_reopened(self):
        self.close(self.case)
        message = self.joins(self.case, self.reply(text="Volvió a gotear. " * 30))
        self.assertPublic(message, self.case)
        self.assertTrue(self.case.stage_id.restarts_clock)
        self.assertEqual(self.case.reopen_count, 1)
        self.assertTrue(self.case.stage_note.startswith("Volvió a gotear."))
        self.assertLessEqual(len(self.case.stage_note), 200)
        self.assertTrue(self.case.customer_unread)

    def test_policies_of_closed_cases(self):
        now = fields.Datetime.now()
        for policy, days, reopens in (
            ("always", 900, True), ("never", 0, False), ("days", 30, True), ("days", 31, False),
        ):  # fmt: skip
            with self.subTest(policy=policy, days=days):
                case = self.close(self.followed_case())
                case._write_checked({"closed_at": now - timedelta(days=days)})
                self.repairs.write({"reopen_policy": policy, "reopen_days": 30})
                cases, _messages = self.arrives(self.letter(subject=case.name))
                self.assertEqual(bool(case.reopen_count), reopens)
                self.assertEqual(cases.origin_id, case if not reopens else case.browse())

    def test_new_case_continues_a_closed_one(self):
        self.repairs.reopen_policy = "never"
        self.close(self.case)
        case = self.makes_case(self.reply())
        self.assertEqual(case.origin_id, self.case)
        self.assertEqual(
            (case.contract_id, case.unit_id, case.partner_id, case.area_id),
            (self.case.contract_id, self.case.unit_id, self.case.partner_id, self.case.area_id),
        )
        self.assertEqual(case.requester_id, self.holder)
        self.assertTrue(self.case.closed_at)
        self.assertIn(case.name, self.log(self.case))
        [mail] = [one for one in self.sent if ROSA in one["To"]]
        self.assertIn(self.case.name, mail.get_body(("html",)).get_content())

    def test_open_successor_of_a_closed_case(self):
        self.repairs.reopen_policy = "never"
        self.close(self.case)
        made = self.makes_case(self.reply())
        for raw in (self.reply(text="Otra vez"), self.letter(subject=self.case.name)):
            self.assertPublic(self.joins(made, raw), made)
            self.assertEqual((self.row().rule, self.row().outcome), ("R1", "message"))
            self.assertEqual(self.row().case_id, made)
        made.write({"requester_id": self.stranger.id, "partner_id": False, "contract_id": False})
        made.requester_email = False
        other = self.makes_case(self.reply(text="Sigue"))
        self.assertEqual(other.origin_id, self.case, "of another requester")
        self.close(other)
        self.assertEqual(self.makes_case(self.reply(text="Aún")).origin_id, self.case)

    def test_acknowledgement_names_no_case_of_others(self):
        self.repairs.reopen_policy = "never"
        self.close(self.case)
        case = self.makes_case(self.reply())
        case.write({"requester_id": self.stranger.id, "partner_id": False, "contract_id": False})
        self.assertFalse(case.customer_origin)

    def test_claims_and_confidential_cases_stay_closed(self):
        claim = self.followed_case(type_id=self.type_claim.id)
        confidential = self.followed_case(is_confidential=True, legal_user_id=self.agent.id)
        archived = self.followed_case()
        for case in (claim, confidential, archived):
            case.legal_user_id = self.legal_adviser
            self.close(case, "REJ")
            case.customer_comment = False
        archived.active = False
        self.env.cr.flush()
        for case in (claim, confidential, archived):
            with self.subTest(case=case.subject, claim=bool(case.claim_filed_at)):
                made = self.makes_case(subject=f"Re: {case.name}")
                self.assertEqual(made.origin_id, case)
                self.assertTrue(case.closed_at)
                self.assertFalse(case.reopen_count)
                self.assertFalse(made.claim_filed_at, "no new sheet")
                self.assertEqual(made.is_confidential, case.is_confidential)
                told = self.legal_adviser.partner_id in self.env["mail.message"].search(
                    [("model", "=", CASE), ("res_id", "=", made.id)]
                ).notified_partner_ids or bool(self.chats(self.legal_adviser))
                if case == claim:
                    self.assertTrue(told)

    def test_what_refuses_to_reopen_makes_a_new_case(self):
        self.case.type_id = self.type_no_limit.copy()
        self.close(self.case)
        self.case.type_id.active = False
        made = self.makes_case(self.reply())
        self.assertEqual(made.origin_id, self.case)
        self.assertTrue(self.case.closed_at)

    def test_thanks_reopen_nothing(self):
        for policy in ("always", "never"):
            self.repairs.reopen_policy = policy
            case = self.close(self.followed_case())
            message = self.joins(case, subject=case.name, text="¡Muchas gracias!\n\n-- \nRosa")
            self.assertPublic(message, case)
            self.assertTrue(case.closed_at)
            self.assertTrue(case.customer_unread)
        self.repairs.reopen_policy = "always"
        raw = self.letter(subject=case.name, text="Gracias", files={"foto.jpg": b"x" * 9000})
        self.joins(case, raw)
        self.assertFalse(case.closed_at, "with a file it says more")

    # -------------------------------------------------------------------------
    # R11, R12: colleagues
    # -------------------------------------------------------------------------

    def forwarded(self, sender, **headers):
        text = (
            "Registrar por favor.\n\n---------- Forwarded message ---------\n"
            "De: Luis Paredes <luis@example.com>\nDate: dom, 22 nov 2026 a las 18:02\n"
            f"Subject: Rajadura\nTo: Ana <{sender}>\n\nApareció una rajadura."
        )
        return self.letter(sender=sender, text=text, subject="Fwd: Rajadura", **headers)

    def test_colleague_forwards(self):
        case = self.makes_case(self.forwarded(self.agent.email))
        self.assertEqual(case.requester_id, self.coholder)
        self.assertEqual(case.requester_email, "luis@example.com")
        self.assertEqual(case.create_uid, self.agent)
        self.assertEqual(case.subject, "Rajadura")
        self.assertEqual(case.description, "<p>Apareció una rajadura.</p>")
        [note] = case.message_ids.filtered(lambda one: one.message_type == "email")
        self.assertInternal(note, self.written, "Registrar por favor", case)
        self.assertEqual(note.author_id, self.agent.partner_id)
        self.assertEqual([one for one in self.told() if "luis" in one], ["luis@example.com"])

    def test_customer_forwards(self):
        case = self.makes_case(self.forwarded(ROSA))
        self.assertEqual((case.requester_id, case.create_uid.id), (self.holder, 1))

    def test_forwarded_mail_of_a_colleague_has_no_requester(self):
        raw = self.forwarded(self.agent.email)
        text = raw.get_content().replace("luis@example.com", self.carla.email)
        raw.set_content(text)
        case = self.makes_case(raw)
        self.assertFalse(case.requester_id | case.partner_id)
        self.assertFalse(case.requester_email)

    def test_forwarded_mail_of_a_program_is_not_acknowledged(self):
        raw = self.forwarded(self.agent.email)
        raw.set_content(raw.get_content().replace("luis@", "no-reply@"))
        case = self.makes_case(raw)
        self.assertEqual(case.requester_email, "no-reply@example.com")
        self.assertEqual(self.row().rule, "R11")
        self.assertEqual(self.told(), [])

    def test_forwarded_mail_of_our_own_has_no_requester(self):
        raw = self.forwarded(self.agent.email)
        raw.set_content(raw.get_content().replace("luis@example.com", OTHER_ADDRESS))
        case = self.makes_case(raw)
        self.assertFalse(case.requester_id | case.partner_id)
        self.assertFalse(case.requester_email)
        self.assertEqual(self.row().rule, "R12")
        self.assertEqual(self.told(), [])

    def test_colleague_writes(self):
        case = self.makes_case(sender=self.agent.email)
        self.assertEqual(case.create_uid, self.agent)
        self.assertFalse(case.requester_id)
        self.assertFalse(case.requester_email)
        self.assertFalse(case.partner_id)
        [note] = case.message_ids.filtered(lambda one: one.message_type == "email")
        self.assertTrue(note.is_internal)
        self.assertEqual(self.told(), [])

    def test_who_may_not_register_is_not_who_did(self):
        for user in (self.outsider, self.agent_chile):
            case = self.makes_case(sender=user.email)
            self.assertEqual(case.create_uid, self.env.ref("base.user_root"), user.login)

    def test_case_that_is_answered_and_another_in_the_references(self):
        """Whichever has the newer message."""
        second = self.followed_case(subject="Window")
        later = self.say_in_public(second)
        known = (self.public_message.message_id, later.message_id)
        for case, message in ((self.case, self.public_message), (second, later)):
            for references in (" ".join(known), " ".join(known[::-1])):
                filed = self.joins(
                    case,
                    self.reply(
                        text=f"{case.name} {references}",
                        subject="Re: Visita",
                        In_Reply_To=message.message_id,
                        References=references,
                    ),
                )
                self.assertEqual(filed.parent_id, message)

    # -------------------------------------------------------------------------
    # R13: not verified
    # -------------------------------------------------------------------------

    def test_unverified_party(self):
        message = self.joins(self.case, self.reply(text="Change the account", forged=True))
        self.assertInternal(message, self.written, "Change the account", self.case)
        self.assertIn("Sender not verified", message.body)
        self.assertReaders({"Change the account": False})
        self.assertTrue(self.on(self.agent, self.case).has_unverified_writer)
        self.on(self.agent, self.case).pending_writer_ids.action_accept()
        self.assertReaders({"Change the account": True})

    def test_unverified_party_of_a_closed_case(self):
        self.close(self.case)
        for raw in (self.reply(forged=True), self.letter(subject=self.case.name, forged=True)):
            self.assertTrue(self.joins(self.case, raw).is_internal)
            self.assertTrue(self.case.closed_at)

    def test_unverified_stranger(self):
        case = self.makes_case(self.letter(forged=True))
        self.assertEqual((self.row().outcome, self.row().case_id), ("case", case))
        self.assertFalse(case.requester_id)
        self.assertFalse(case.contract_id)
        self.assertEqual(case.requester_email, ROSA)
        [message] = case.message_ids.filtered(lambda one: one.message_type == "email")
        self.assertTrue(message.is_internal)
        self.assertEqual(self.told(), [])
        seen = self.on(self.agent, case)
        self.assertTrue(seen.has_unverified_writer)
        self.assertTrue(seen.pending_writer_ids.is_unverified)

    def test_another_person_is_not_called_unverified(self):
        for forged in (False, True):
            self.joins(self.case, self.reply(NEIGHBOUR, f"I, {forged}", forged=forged))
            seen = self.on(self.agent, self.case)
            self.assertEqual(seen.pending_writer_ids.email, NEIGHBOUR)
            self.assertFalse(seen.has_unverified_writer)

    def test_unverified_colleague_waits(self):
        sender = self.agent.email
        for raw in (self.reply(sender, forged=True), self.letter(sender, forged=True)):
            cases, messages = self.arrives(raw)
            self.assertFalse(cases)
            self.assertFalse(messages)
            self.assertEqual((self.row().rule, self.row().outcome), ("R13", "held"))

    def test_administrator_files_an_unverified_colleague(self):
        sender = self.agent.email
        self.arrives(self.letter(sender, forged=True))
        row = self.row()
        row.with_user(self.manager).action_create_case()
        case = row.case_id
        self.assertEqual(row.outcome, "case", row.detail)
        self.assertEqual(case.create_uid, self.env.ref("base.user_root"))
        self.assertFalse(case.requester_id)
        self.assertEqual(case.requester_email, sender)
        [message] = case.message_ids.filtered(lambda one: one.message_type == "email")
        self.assertTrue(message.is_internal)
        self.assertFalse(message.author_id)
        self.arrives(self.reply(sender, text="Pay here", forged=True))
        row = self.row()
        row.with_user(self.manager).action_create_case()
        self.assertEqual((row.outcome, row.rule, row.case_id), ("message", "R13", self.case))
        self.assertReaders({"Pay here": False})

    # -------------------------------------------------------------------------
    # R14, R15, acknowledgements
    # -------------------------------------------------------------------------

    def test_two_areas_of_a_company(self):
        case = self.makes_case(to=f"{OTHER_ADDRESS}, {ADDRESS}")
        self.assertEqual((case.area_id, case.type_id), (self.repairs, self.type_no_limit))
        self.assertIn("Deeds", self.log(case))
        self.repairs.sequence = 30
        raw = self.letter(to=ADDRESS, Cc=OTHER_ADDRESS, subject="Another")
        self.assertEqual(self.makes_case(raw).area_id, self.deeds)

    def test_two_companies(self):
        cases, _messages = self.arrives(self.letter(NEIGHBOUR, to=f"{ADDRESS}, {ADDRESS_CHILE}"))
        self.assertEqual(cases.company_id, self.lima | self.santiago)
        self.assertEqual(cases.area_id, self.repairs | self.service_chile)
        self.assertEqual(self.told(), [NEIGHBOUR], "one acknowledgement")

    def test_repeated_mail(self):
        case = self.makes_case()
        message = self.joins(case)
        self.assertPublic(message, case)
        self.assertEqual((self.row().rule, self.row().outcome), ("R15", "message"))
        self.assertEqual(self.told(), [])
        self.assertFalse(case.customer_unread)

    def test_only_a_case_made_a_moment_ago_is_repeated(self):
        said = {"subject": "Gotea", "text": "It is mine"}
        message = self.joins(self.case, self.reply(NEIGHBOUR, **said))
        self.assertInternal(message, self.written, "It is mine", self.case)
        self.makes_case(sender=NEIGHBOUR, **said)
        self.assertReaders({"It is mine": False})

    def test_repetition_is_read_by_whom_the_case_says(self):
        case = self.makes_case(sender=NEIGHBOUR)
        case.requester_email = "otra@example.org"
        message = self.joins(case, sender=NEIGHBOUR)
        self.assertEqual(self.row().rule, "R15")
        self.assertInternal(message, self.written, "Gotea el caño", case)

    def test_equal_answers_are_no_repetition(self):
        case = self.makes_case(text="Sí")
        question = case.message_post(
            body="On Monday?",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            author_id=self.agent.partner_id.id,
        )
        for _answer in range(2):
            self.joins(case, self.letter(text="Sí", In_Reply_To=question.message_id))
            self.assertEqual(self.row().rule, "R1")

    def test_another_file_is_no_repetition(self):
        letter = {"subject": "Foto", "text": "Adjunto foto"}
        case = self.makes_case(files={"foto.jpg": b"a" * 9000}, **letter)
        self.joins(case, files={"foto.jpg": b"a" * 9000}, **letter)
        self.makes_case(files={"foto.jpg": b"b" * 9000}, **letter)

    def test_answer_after_the_case_was_closed_again(self):
        for _time in range(2):
            self.close(self.case)
            self.joins(self.case, subject=self.case.name, text="Sigue mal")
            self.assertEqual(self.row().rule, "R8")
            self.assertFalse(self.case.closed_at)

    def test_outcome(self):
        for raw, rule, outcome in (
            (self.letter(), False, "case"),
            (self.reply(), "R1", "message"),
            (self.reply(sender=NEIGHBOUR), "R4", "message"),
            (self.letter(subject=self.case.name), "R5", "message"),
            (self.letter(NEIGHBOUR, subject=self.case.name), "R6", "case"),
        ):
            _cases, message = self.arrives(raw)
            found = (self.row().rule, self.row().outcome, self.row().case_id.id)
            self.assertEqual(found, (rule, outcome, message.res_id))

    def test_closed_case_of_an_archived_area_is_continued_in_another(self):
        self.close(self.case)
        self.archive_in_use(self.repairs)
        case = self.makes_case(text="It leaks again", In_Reply_To=self.public_message.message_id)
        self.assertEqual((case.origin_id, case.area_id), (self.case, self.deeds))
        self.assertEqual(case.type_id, self.deeds.mail_type_id)

    def test_one_acknowledgement_in_half_an_hour(self):
        self.makes_case(sender=NEIGHBOUR, subject="One")
        self.assertEqual(self.told(), [NEIGHBOUR])
        second = self.makes_case(sender=f"Vecina <{NEIGHBOUR.upper()}>", subject="Two")
        self.assertEqual(self.told(), [])
        self.assertFalse(second.acknowledged_at)
        long_ago = fields.Datetime.now() - timedelta(minutes=31)
        first = self.env[CASE].search([("acknowledged_at", "!=", False)])
        first._write_checked({"acknowledged_at": long_ago})
        self.makes_case(sender=NEIGHBOUR, subject="Three")
        self.assertEqual(self.told(), [NEIGHBOUR])

    def test_addresses_with_a_tag_are_one_sender(self):
        self.makes_case(sender="soporte+1@otra.example", subject="One")
        self.assertEqual(self.told(), ["soporte+1@otra.example"])
        for sender in ("soporte+2@otra.example", "soporte@otra.example"):
            self.makes_case(sender=sender, subject=sender)
            self.assertEqual(self.told(), [])
        self.makes_case(sender="soporte2@otra.example", subject="Two")
        self.assertEqual(self.told(), ["soporte2@otra.example"])

    def test_program_that_answers_from_new_addresses_gets_few_acknowledgements(self):
        told = []
        for number in range(1200, 1206):
            self.makes_case(
                sender=f"ticket-{number}@otra.example",
                subject=f"[#{number}] We received your request",
            )
            told += self.told()
        self.assertEqual(told, [f"ticket-{number}@otra.example" for number in (1200, 1201, 1202)])
        self.makes_case(sender="tickets@otra.example", subject="A person")
        self.assertEqual(self.told(), ["tickets@otra.example"])

    def test_answers_are_not_mailed_to_ourselves(self):
        """Acknowledgements are of the company, or of the sender of the area."""
        sender = self.env["res.partner"].create(
            {"name": "Desk", "email": "desk@example.net", "company_id": self.lima.id}
        )
        self.lima.email = "lima@example.net"
        for number, values in enumerate(
            ({}, {"show_agent_name": False, "partner_id": sender.id}, {"partner_id": False})
        ):
            self.repairs.write({"show_agent_name": True} | values)
            with self.subTest(**values):
                person = f"p{number}@example.org"
                case = self.makes_case(sender=person, text=f"Gotea {number}")
                [sent] = [one for one in self.sent if person in one["To"]]
                author = case.message_ids.filtered(
                    lambda one: one.message_type not in ("email", "notification")
                ).author_id
                self.assertTrue(author & (self.lima.partner_id | sender), "as core answers it")
                self.answer(sent, person, "Sigue goteando")
                self.assertNotIn("lima@example.net", self.told())
                self.assertNotIn("desk@example.net", self.told())

    def test_contact_with_an_address_of_ours_is_not_mailed(self):
        loop = self.env["res.partner"].create({"name": "Loop", "email": OTHER_ADDRESS})
        self.case.message_subscribe(loop.ids)
        self.joins(self.case, self.reply())
        self.assertTrue(self.sent)
        self.assertNotIn(OTHER_ADDRESS, self.told())

    def test_quiet_senders_get_nothing(self):
        self.makes_case(sender=NEIGHBOUR, X_Auto_Response_Suppress="All")
        self.assertEqual(self.told(), [])
        self.close(self.case)
        self.joins(self.case, self.reply(Precedence="bulk"))
        self.assertFalse(self.case.closed_at)
        self.assertNotIn(ROSA, self.told())

    def test_form_sender(self):
        form = "formulario@web.example"
        self.repairs.form_senders = form
        case = self.makes_case(sender=form, Reply_To=f"Rosa <{ROSA}>")
        self.assertEqual(case.requester_id, self.holder)
        [message] = case.message_ids.filtered(lambda one: one.message_type == "email")
        self.assertIn(ROSA, message.email_from)
        self.assertNotIn(form, self.told())

    def test_people_in_copy_are_shown_and_nothing_else(self):
        message = self.joins(self.case, self.reply(Cc="luis@example.com, x@example.org"))
        self.assertIn("x@example.org", message.incoming_email_cc)
        self.assertFalse(message.partner_ids)
        self.assertNotIn("luis@example.com", self.told())
        self.assertNotIn(self.coholder, self.case.message_partner_ids)
