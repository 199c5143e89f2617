from odoo import Command, fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .support.confidential import CASE, WORD, ConfidentialCommon
from .support.incoming import IncomingCommon


@tagged("post_install", "-at_install")
class TestConfidentialEvents(IncomingCommon, ConfidentialCommon):
    """Everybody sees who is busy; the subject and the guests of the event are hidden."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.secret_case()
        start = fields.Datetime.now()
        cls.event = cls.env["calendar.event"].create(
            {
                "name": WORD,
                "start": start,
                "stop": fields.Datetime.add(start, hours=1),
                "res_model_id": cls.env["ir.model"]._get_id(CASE),
                "res_id": cls.case.id,
                "user_id": cls.legal_adviser.id,
                "partner_ids": [Command.set(cls.legal_adviser.partner_id.ids)],
            }
        )
        cls.event.message_subscribe((cls.deeds_agent | cls.legal_adviser).partner_id.ids)
        cls.event.message_post(body=WORD, subject=WORD)
        cls.hide(cls.case)
        cls.others = cls.agent | cls.agent2 | cls.deeds_agent | cls.outsider

    def test_excluded_followers_of_an_event_are_removed(self):
        self.assertEqual(self.event.message_partner_ids, self.legal_adviser.partner_id)

    def test_nobody_else_follows_an_event(self):
        for user in self.others:
            with self.subTest(user.login):
                self.on(user, self.event).message_subscribe(user.partner_id.ids)
                self.assertNotIn(user.partner_id, self.event.message_partner_ids)
                with self.assertRaises(ValidationError):
                    self.env["mail.followers"].create(
                        {
                            "res_model": "calendar.event",
                            "res_id": self.event.id,
                            "partner_id": user.partner_id.id,
                        }
                    )

    def test_people_who_may_know_and_invited_outsiders_follow_it(self):
        expert = self.env["res.partner"].create({"name": "Expert", "email": "expert@example.com"})
        people = expert | self.supervisor.partner_id
        self.event.message_subscribe(people.ids)
        self.assertLessEqual(people, self.event.message_partner_ids)

    def test_a_message_of_an_event_is_mailed_to_nobody_else(self):
        mails, _messages = self.sent_by(
            lambda: self.on(self.legal_adviser, self.event).message_post(
                body=WORD,
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
                partner_ids=(self.others | self.supervisor).partner_id.ids,
            )
        )
        addressees = " ".join(mail["To"] for mail in mails)
        self.assertIn(self.supervisor.email, addressees)
        for user in self.others:
            self.assertNotIn(user.email, addressees)

    def test_an_event_is_not_found_by_hidden_fields(self):
        domains = (
            [("message_ids.body", "ilike", WORD)],
            [("message_ids.subject", "ilike", WORD)],
            [("name", "=", WORD)],
            [("res_model", "=", CASE), ("res_id", "=", self.case.id)],
            [("message_partner_ids", "in", self.legal_adviser.partner_id.ids)],
        )
        for domain in domains:
            found = [("id", "=", self.event.id), *domain]
            with self.subTest(domain):
                for user in self.others:
                    self.assertEqual(self.on(user, self.event).search_count(found), 0)
                self.assertEqual(self.on(self.supervisor, self.event).search_count(found), 1)

    def test_groups_of_guests_do_not_reveal_the_event(self):
        """Odoo joins all events that can be found, so their values have to be hidden."""
        mine = [("event_id", "=", self.event.id)]
        revealing = (
            "event_id.name",
            "event_id.location",
            "event_id.description",
            "event_id.res_id",
        )
        for user in self.others:
            guests = self.on(user, self.env["calendar.attendee"])
            for group in guests.formatted_read_group(mine, revealing, ["__count"]):
                with self.subTest(user.login):
                    self.assertFalse([group[name] for name in revealing if group[name]])
        guests = self.on(self.supervisor, self.env["calendar.attendee"])
        self.assertEqual(
            guests.formatted_read_group(mine, ["event_id.name"])[0]["event_id.name"], WORD
        )

    def test_events_are_not_sorted_by_hidden_fields(self):
        """The place of an event among the user's own ones would reveal its name."""
        for user in self.others:
            events = self.on(user, self.env["calendar.event"])
            own = events.create(
                [
                    {"name": name, "start": self.event.start, "stop": self.event.stop}
                    for name in (f"{WORD[:-1]}a", f"{WORD}z")
                ]
            )
            found = [("id", "in", (own | self.event).ids)]
            for order in ("name", "name desc", "res_id, name", "location, name"):
                names = events.search(found, order=order)
                with self.subTest(user=user.login, order=order):
                    self.assertNotEqual(names[1], self.event.with_env(names.env))

    def test_only_who_may_know_finds_followers(self):
        for records in (self.case, self.event):
            domain = [("res_model", "=", records._name), ("res_id", "=", records.id)]
            followers = self.env["mail.followers"].search(domain)
            self.assertTrue(followers)
            for user in self.others:
                with self.subTest(model=records._name, user=user.login):
                    theirs = self.on(user, followers)
                    self.assertFalse(theirs.search(domain))
                    with self.assertRaises(AccessError):
                        theirs.read(["partner_id"])
            self.assertEqual(
                self.on(self.supervisor, followers).search_count(domain), len(followers)
            )

    def test_only_who_may_know_reads_guests_and_their_tokens(self):
        """Anybody with the token of a guest opens the event, and answers for them."""
        guests = self.event.attendee_ids
        self.assertTrue(guests)
        for user in self.others:
            theirs = self.on(user, guests)
            with self.subTest(user.login):
                self.assertFalse(theirs.search([("id", "in", guests.ids)]))
                for call in (
                    lambda theirs=theirs: theirs.read(["access_token"]),
                    lambda theirs=theirs: theirs.do_decline(),
                    lambda theirs=theirs: theirs.write({"state": "declined"}),
                ):
                    with self.assertRaises(AccessError):
                        call()
        known = self.on(self.supervisor, guests)
        self.assertEqual(known.search([("id", "in", guests.ids)]), known)

    def test_everybody_sees_who_is_busy(self):
        busy = [("partner_ids", "in", self.legal_adviser.partner_id.ids)]
        for user in self.others:
            self.assertIn(self.event, self.on(user, self.event).search(busy))

    def test_only_who_may_know_is_shown_the_followers(self):
        for records in (self.case, self.event):
            for user in self.others:
                with self.subTest(model=records._name, user=user.login):
                    with self.assertRaises(AccessError):
                        self.on(user, records).message_get_followers()
            named = self.on(self.supervisor, records).message_get_followers()
            self.assertIn(self.legal_adviser.partner_id.name, str(named))

    def test_mail_of_a_stranger_without_assignee_goes_to_the_legal_adviser(self):
        """Somebody has to accept the sender; the manager of the area may not know of the case."""
        public = self.case.message_post(
            body="We come on Monday", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        message, _mails = self.answer(public, "stranger@example.org", "What happened?")
        self.assertIn(self.legal_adviser.partner_id, message.notified_partner_ids)
        self.assertNotIn(self.area_user.partner_id, message.notified_partner_ids)
