from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .support.confidential import CASE, WORD, ConfidentialCommon


@tagged("post_install", "-at_install")
class TestConfidential(ConfidentialCommon):
    """What happens to a case, and to records made from it, when it is confidential."""

    def hidden_case(self, **vals):
        case = self.secret_case(**vals)
        self.hide(case)
        return case

    def log_of(self, case):
        return " ".join(case.message_ids.mapped("body"))

    # -------------------------------------------------------------------------
    # The rule
    # -------------------------------------------------------------------------

    def test_rule_agrees_with_record_rules_and_sql(self):
        """The rule, its SQL form and the record rules agree for every user."""
        cases = self.secret_case() | self.hidden_case()
        cases |= self.create_case(is_confidential=True, user_id=self.agent.id)
        cases |= self.create_case(is_confidential=True, requester_id=self.coholder.id)
        cases |= self.create_case(is_confidential=True, type_id=self.type_chile.id)
        messages = [case.message_post(body=WORD, subtype_xmlid="mail.mt_comment") for case in cases]
        users = self.env["res.users"].search([("login", "=like", "test\\_%")])
        for case, message in zip(cases, messages, strict=True):
            for user in users - self.public:
                with self.subTest(case=case.id, user=user.login):
                    reads = self.on(user, case).has_access("read")
                    known = case._may_know(user)
                    self.assertGreaterEqual(known, reads)
                    if case.is_confidential:
                        self.assertEqual(known, reads)
                    kept = self.on(user, case)._hidden_from_user(case.ids, internal=False)
                    self.assertEqual(bool(kept), not known)
                    mine = self.on(user, message)
                    self.assertEqual(
                        mine.search([("id", "=", mine.id)]), mine._filtered_access("read")
                    )

    def test_partner_may_know_what_one_of_their_users_may(self):
        case = self.hidden_case()
        people = self.supervisor.partner_id | self.agent.partner_id | self.holder | self.coholder
        known = case._who_may_know(people)[case.id]
        self.assertEqual(known, self.supervisor.partner_id | self.holder)
        staff = case._who_may_know(people, internal=True)[case.id]
        self.assertEqual(staff, self.supervisor.partner_id)

    # -------------------------------------------------------------------------
    # Becoming confidential
    # -------------------------------------------------------------------------

    def test_followers_who_may_not_know_are_removed_on_every_path(self):
        everybody = (self.agent | self.deeds_agent | self.legal_adviser).partner_id | self.coholder
        hidden = {"is_confidential": True}
        ways = {
            "written": lambda case: case.write(hidden),
            "saved by a form": lambda case: case.web_save(hidden, {"name": {}}),
            "assigned to another": lambda case: case.write({"user_id": self.agent2.id}),
            "transferred": lambda case: self.move(case, "TRA", user_id=False),
            "another adviser": lambda case: case.write({"legal_user_id": self.agent2.id}),
        }
        for way, change in ways.items():
            with self.subTest(way=way):
                case = self.secret_case(is_confidential=way not in ("written", "saved by a form"))
                case.message_subscribe(partner_ids=(everybody | self.holder).ids)
                change(self.on(self.supervisor, case))
                followers = case.message_partner_ids
                known = case._who_may_know(followers)[case.id]
                self.assertEqual(followers, known)
                self.assertNotIn(self.coholder, followers)
                self.assertNotIn(self.deeds_agent.partner_id, followers)

    def test_a_case_created_confidential_has_no_other_followers(self):
        case = self.on(self.supervisor, self.env[CASE]).create(
            self.case_values(is_confidential=True, user_id=self.agent.id)
        )
        self.assertLessEqual(case.message_partner_ids, (self.agent | self.supervisor).partner_id)

    def test_nobody_else_follows_later(self):
        case = self.hidden_case()
        people = self.agent.partner_id | self.coholder | self.promoter
        self.on(self.supervisor, case).message_subscribe(partner_ids=people.ids)
        self.on(self.agent, case).message_subscribe(partner_ids=self.agent.partner_id.ids)
        self.assertFalse(case.message_partner_ids & people)
        with self.assertRaisesRegex(ValidationError, "confidential"):
            self.env["mail.followers"].create(
                {"res_model": CASE, "res_id": case.id, "partner_id": self.coholder.id}
            )
        follower = self.env["mail.followers"].create(
            {"res_model": CASE, "res_id": case.id, "partner_id": self.holder.id}
        )
        with self.assertRaises(ValidationError):
            follower.partner_id = self.coholder

    def test_other_cases_are_followed_as_usual(self):
        case = self.secret_case()
        case.message_subscribe(partner_ids=(self.deeds_agent.partner_id | self.coholder).ids)
        self.assertLessEqual(self.deeds_agent.partner_id | self.coholder, case.message_partner_ids)

    # -------------------------------------------------------------------------
    # To-dos
    # -------------------------------------------------------------------------

    def test_todos_go_to_the_adviser_or_the_creator(self):
        rows = (
            (self.supervisor, self.legal_adviser, False, self.legal_adviser),
            (self.supervisor, None, False, self.supervisor),
            (self.area_user, None, self.agent2, self.agent2),
            (self.area_user, None, False, self.env["res.users"]),
        )
        for registrar, adviser, assignee, heir in rows:
            with self.subTest(registrar=registrar.login, heir=heir.login):
                case = self.on(registrar, self.env[CASE]).create(
                    self.case_values(legal_user_id=adviser and adviser.id)
                )
                case = case.with_env(self.env)
                activity = case.activity_schedule(summary=WORD, user_id=self.area_user.id)
                done = case.activity_schedule(summary="Done", user_id=self.area_user.id)
                done.action_feedback()
                self.hide(case, user_id=assignee and assignee.id)
                self.assertEqual(activity.user_id, heir)
                self.assertEqual(done.user_id, self.area_user, "what was done stays as it was")
                later = case.activity_schedule(summary="Later", user_id=self.area_user.id)
                self.assertEqual(later.user_id, heir)
                later.user_id = self.agent
                self.assertEqual(later.user_id, heir)
                self.assertFalse(self.on(self.area_user, done).has_access("read"))

    def test_plan_of_the_type_is_not_assigned_to_an_excluded_manager(self):
        step = {
            "summary": "Look at it",
            "activity_type_id": self.env.ref("mail.mail_activity_data_todo").id,
            "responsible_type": "on_demand",
        }
        plan = self.env["mail.activity.plan"].create(
            {"name": "Plan", "res_model": CASE, "template_ids": [Command.create(step)]}
        )
        self.type_claim.activity_plan_id = plan
        case = self.on(self.supervisor, self.env[CASE]).create(
            self.case_values(
                type_id=self.type_claim.id,
                is_confidential=True,
                legal_user_id=self.legal_adviser.id,
            )
        )
        planned = case.sudo().all_activity_ids
        self.assertEqual(planned.mapped("summary"), ["Look at it"])
        self.assertEqual(planned.user_id, self.legal_adviser)

    # -------------------------------------------------------------------------
    # Messages
    # -------------------------------------------------------------------------

    def test_excluded_recipients_are_left_out_and_logged(self):
        case = self.hidden_case()
        outsider = self.env["res.partner"].create({"name": "Notary", "email": "n@example.com"})
        people = self.agent.partner_id | self.coholder | self.holder | outsider
        people |= self.supervisor.partner_id
        message = self.on(self.legal_adviser, case).message_post(
            body=WORD, subtype_xmlid="mail.mt_comment", partner_ids=people.ids
        )
        reached = self.holder | outsider | self.supervisor.partner_id
        self.assertEqual(message.sudo().partner_ids, reached)
        self.assertEqual(message.sudo().notified_partner_ids, reached)
        self.assertIn("Not notified", self.log_of(case))
        self.assertIn(self.agent.name, self.log_of(case))
        self.assertNotIn(outsider, case.message_partner_ids)

    def test_requester_and_holder_still_get_their_mail(self):
        self.repairs.ack_template_id = self.env.ref(
            "atencion_cliente.mail_template_case_acknowledgement", raise_if_not_found=False
        ) or self.env["mail.template"].search([("model", "=", CASE)], limit=1)
        case = self.secret_case(
            is_confidential=True, requester_id=self.customer.partner_id.id, user_id=False
        )
        self.env.cr.flush()
        mails = self.queue().filtered(lambda mail: mail.res_id == case.id)
        addresses = " ".join(mails.mapped("email_to")) if mails else ""
        addresses += " ".join(mails.recipient_ids.mapped("email"))
        self.assertIn(self.customer.partner_id.email, addresses)
        self.assertIn(self.holder.email, addresses)
        self.assertNotIn(self.coholder.email, addresses)

    def test_waiting_messages_are_stopped_and_inboxes_emptied(self):
        case = self.secret_case()
        self.agent.notification_type = "inbox"
        case.message_post(
            body=WORD,
            subtype_xmlid="mail.mt_comment",
            partner_ids=(self.agent.partner_id | self.coholder | self.holder).ids,
        )
        self.env["mail.mail"].create(
            [
                {
                    "model": CASE,
                    "res_id": case.id,
                    "recipient_ids": [Command.set(partners.ids)],
                    "body_html": WORD,
                }
                for partners in (self.coholder, self.coholder | self.holder)
            ]
        )
        self.hide(case)
        waiting = self.queue().filtered(
            lambda mail: mail.res_id == case.id and mail.state == "outgoing"
        )
        self.assertTrue(waiting)
        self.assertNotIn(self.coholder, waiting.recipient_ids)
        self.assertIn(self.holder, waiting.recipient_ids)
        agent = self.on(self.agent, self.agent.partner_id)
        self.assertEqual(agent._get_needaction_count(), 0)

    def test_earlier_links_stop_working(self):
        case = self.secret_case()
        token = case._portal_ensure_token()
        file = self.env["ir.attachment"].create(
            {"name": "f.txt", "raw": b"x", "res_model": CASE, "res_id": case.id}
        )
        file.generate_access_token()
        self.hide(case, user_id=self.agent2.id)
        self.assertNotEqual(case.access_token, token)
        self.assertFalse(file.access_token)
        token = case._portal_ensure_token()
        self.on(self.supervisor, case).priority = "2"
        self.assertEqual(case.access_token, token, "nobody lost it")
        self.on(self.supervisor, case).user_id = self.agent
        self.assertNotEqual(case.access_token, token, "the former assignee might have it")

    # -------------------------------------------------------------------------
    # Events
    # -------------------------------------------------------------------------

    def _event(self, case, user=None, **vals):
        events = self.on(user or self.legal_adviser, self.env["calendar.event"])
        return events.create(
            {
                "name": WORD,
                "start": "2030-01-01 10:00:00",
                "stop": "2030-01-01 11:00:00",
                "res_model_id": self.env["ir.model"]._get_id(CASE),
                "res_id": case.id,
            }
            | vals
        ).with_env(self.env)

    def test_events_are_private_and_without_excluded_people(self):
        case = self.hidden_case()
        expert = self.env["res.partner"].create({"name": "Expert"})
        guests = self.legal_adviser.partner_id | expert | self.agent.partner_id | self.coholder
        event = self._event(case, privacy="public", partner_ids=[Command.set(guests.ids)])
        self.assertEqual(event.privacy, "private")
        self.assertEqual(event.partner_ids, self.legal_adviser.partner_id | expert)
        self.assertEqual(event.attendee_ids.partner_id, event.partner_ids)
        mine = self.on(self.legal_adviser, event)
        mine.write({"privacy": "public", "partner_ids": [Command.link(self.coholder.id)]})
        self.assertEqual(event.privacy, "private")
        self.assertNotIn(self.coholder, event.partner_ids)
        self.assertFalse(
            self.env["mail.message"].search_count(
                [
                    ("model", "=", "calendar.event"),
                    ("res_id", "=", event.id),
                    ("partner_ids", "in", (self.agent.partner_id | self.coholder).ids),
                ]
            )
        )

    def test_series_is_private_as_a_whole(self):
        case = self.secret_case()
        event = self._event(
            case,
            self.agent,
            recurrency=True,
            rrule_type="daily",
            end_type="count",
            count=3,
            interval=1,
        )
        series = event.recurrence_id.calendar_event_ids
        self.assertEqual(len(series), 3)
        self.hide(case)
        self.assertEqual(set(series.exists().mapped("privacy")), {"private"})
        self.assertEqual(series.exists().user_id, self.legal_adviser)
        self.assertEqual(len(series.exists()), 3)

    def test_event_is_busy_for_others_and_readable_for_who_may_know(self):
        event = self._event(self.hidden_case())
        for user in (self.agent, self.area_user, self.outsider):
            seen = self.on(user, event)
            self.assertEqual(seen.display_name, "Busy")
            self.assertFalse(seen.search_count([("id", "=", event.id), ("name", "=", WORD)]))
            self.assertTrue(seen.search_count([("id", "=", event.id)]), "but it is there")
        self.assertEqual(self.on(self.supervisor, event).read(["name"])[0]["name"], WORD)

    def test_files_of_an_event_are_read_by_who_may_know(self):
        """Odoo attaches the invitation, with the name of the event, to the event."""
        event = self._event(self.hidden_case())
        file = self.env["ir.attachment"].create(
            {"name": "invitation.ics", "raw": WORD, "res_model": event._name, "res_id": event.id}
        )
        own = [("res_model", "=", event._name), ("res_id", "=", event.id)]
        for user in (self.agent, self.area_user, self.outsider, self.agent_chile):
            files = self.on(user, file)
            with self.subTest(user=user.login):
                self.assertFalse(files.search(own))
                self.assertFalse(files.search([("index_content", "ilike", WORD)]))
                with self.assertRaises(AccessError):
                    files.read(["raw"])
        self.assertEqual(self.on(self.supervisor, file).search(own), file)
        self.assertEqual(self.on(self.legal_adviser, file).raw, WORD.encode())

    def test_nothing_of_an_event_stays_in_the_cache(self):
        event = self.on(self.outsider, self._event(self.hidden_case(), description=WORD))
        event.web_read({"display_name": {}})
        self.assertNotIn(WORD, str(event.web_read({"name": {}, "description": {}})))

    def test_events_of_others_stay_as_they_are(self):
        partners = self.agent.partner_id | self.coholder
        event = self.env["calendar.event"].create(
            {
                "name": "Lunch",
                "start": "2030-01-01 10:00:00",
                "stop": "2030-01-01 11:00:00",
                "partner_ids": [Command.set(partners.ids)],
            }
        )
        self.assertFalse(event.privacy)
        self.assertEqual(event.partner_ids, partners)

    # -------------------------------------------------------------------------
    # Records made from it
    # -------------------------------------------------------------------------

    def test_copies_are_confidential(self):
        case = self.hidden_case(user_id=self.agent.id)
        case.user_id = self.agent
        for user in (self.agent, self.legal_adviser, self.supervisor):
            for default in ({}, {"is_confidential": False}):
                with self.subTest(user=user.login, default=default):
                    copy = self.on(user, case).copy(default)
                    self.assertTrue(copy.sudo().is_confidential)
                    self.assertTrue(copy.has_access("read"))

    def test_requirements_are_confidential(self):
        case = self.hidden_case()
        case.user_id = self.agent
        values = self.case_values(origin_id=case.id)
        for user in (self.agent, self.legal_adviser, self.supervisor):
            with self.subTest(user=user.login):
                action = self.on(user, case).action_create_requirement()
                self.assertTrue(action["context"]["default_is_confidential"])
                for forged in ({}, {"is_confidential": False}):
                    model = self.on(user, self.env[CASE])
                    sheet = model.create(values | forged)
                    self.assertTrue(sheet.sudo().is_confidential)
                    self.assertEqual(sheet.sudo().legal_user_id, self.legal_adviser)
                    self.assertTrue(sheet.has_access("read"))

    def test_origin_in_the_context_counts_as_well(self):
        case = self.hidden_case()
        case.user_id = self.agent
        model = self.on(self.agent, self.env[CASE]).with_context(default_origin_id=case.id)
        made = model.create(self.case_values())
        self.assertTrue(made.sudo().is_confidential)
        self.assertEqual(made.sudo().user_id, self.agent)

    def test_who_creates_one_sees_it(self):
        model = self.on(self.agent, self.env[CASE])
        values = self.case_values(is_confidential=True)
        for hidden in ({}, {"user_id": self.legal_adviser.id}):
            with (
                self.subTest(hidden=hidden),
                self.assertRaisesRegex(ValidationError, "you would not see it"),
            ):
                model.create(values | hidden)
        self.assertTrue(model.create(values | {"user_id": self.agent.id}).has_access("read"))
        self.assertTrue(self.on(self.supervisor, self.env[CASE]).create(values).is_confidential)

    def test_case_linked_to_it_later_becomes_confidential(self):
        case, other = self.hidden_case(), self.create_case()
        self.on(self.supervisor, other).origin_id = case
        self.assertTrue(other.is_confidential)

    def test_no_solution_is_recorded_and_an_earlier_one_is_hidden(self):
        case = self.secret_case(type_id=self.type_two_days.id)
        self.move(case, "CLO")
        solution = self.env["atencion.solution"].search([("case_id", "=", case.id)])
        self.assertTrue(self.on(self.agent, solution).has_access("read"))
        self.hide(case)
        self.assertFalse(self.on(self.agent, solution).has_access("read"))

    # -------------------------------------------------------------------------
    # Ratings
    # -------------------------------------------------------------------------

    def _rating(self, record):
        return self.env["rating.rating"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id(record._name),
                "res_id": record.id,
                "feedback": WORD,
                "rating": 5,
                "consumed": True,
            }
        )

    def test_ratings_are_seen_with_their_case(self):
        mine = self._rating(self.create_case(user_id=self.agent.id))
        elsewhere = self._rating(self.create_case(area_id=self.deeds.id))
        others = self._rating(self.holder)
        every = mine | elsewhere | others
        for user, seen in (
            (self.agent, mine | others),
            (self.deeds_agent, elsewhere | others),
            (self.outsider, others),
            (self.supervisor, every),
        ):
            with self.subTest(user=user.login):
                ratings = self.on(user, every)
                self.assertEqual(ratings.search([("id", "in", every.ids)]), seen)
                self.assertEqual(ratings._filtered_access("read"), seen)
                groups = ratings._read_group([("id", "in", every.ids)], [], ["__count"])
                self.assertEqual(groups, [(len(seen),)])
        with self.assertRaises(AccessError):
            self.on(self.deeds_agent, mine).write({"feedback": "x"})
        with self.assertRaises(AccessError):
            self._rating_by(self.outsider, self.create_case())

    def _rating_by(self, user, case):
        return self.on(user, self.env["rating.rating"]).create(
            {"res_model_id": self.env["ir.model"]._get_id(CASE), "res_id": case.id}
        )

    def test_ratings_and_messages_of_other_models_cost_nothing_more(self):
        """A search of records of other models takes one statement."""
        others = self._rating(self.holder)
        user = self.outsider
        ratings = self.on(user, others)
        ratings.search([("id", "=", others.id)])
        self.env.flush_all()
        before = self.cr.sql_log_count
        ratings.search([("id", "=", others.id)])
        self.assertEqual(self.cr.sql_log_count - before, 1)


@tagged("post_install", "-at_install")
class TestConfidentialRefusals(ConfidentialCommon):
    def test_nobody_hides_a_case_from_themselves_by_linking_it(self):
        secret = self.secret_case(is_confidential=True)
        case = self.create_case(user_id=self.agent.id)
        case.message_subscribe(partner_ids=self.agent2.partner_id.ids)
        self.assertTrue(self.on(self.agent, secret).has_access("read"))
        self.on(self.agent, case).origin_id = secret
        self.assertTrue(case.is_confidential)
        self.assertTrue(self.on(self.agent, case).has_access("read"))
        with self.assertRaises(AccessError):
            self.on(self.agent2, case).write({"priority": "2"})
