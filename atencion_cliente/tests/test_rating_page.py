import re
from ast import literal_eval

from lxml import etree, html

from odoo import http
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..tools.satisfaction import MAX_COMMENT
from .support.ratings import TYPED, RatingsCommon

PHONE = "+51 1 555 0101"


@tagged("post_install", "-at_install")
class TestRatingPage(RatingsCommon, HttpCase):
    """What a customer says on the page of a rating, and what follows from it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lima.phone = PHONE

    def asked_case(self, **vals):
        """A case whose customer was asked, and their rating."""
        case = self.closed_case(**vals)
        self.run_at(24)
        self.env["mail.activity"].search([("res_model", "=", "atencion.case")]).unlink()
        return case, self.ratings_of(case)

    def log_in(self, user=None):
        # Odoo's tests lengthen short passwords.
        login = user and user.login
        self.authenticate(login, login and login + "x" * (8 - len(login)))

    def rate(self, rating, value, feedback=""):
        form = {"csrf_token": http.Request.csrf_token(self), "rate": value, "feedback": feedback}
        answer = self.url_open(f"/rate/{rating.access_token}/submit_feedback", data=form)
        self.env.invalidate_all()
        return answer

    def test_opening_the_link_rates_nothing(self):
        case, rating = self.asked_case(**self.typed)
        self.log_in()
        for path in ("5", "1", "submit_feedback?rate=1"):
            self.assertEqual(self.url_open(f"/rate/{rating.access_token}/{path}").status_code, 200)
        self.env.invalidate_all()
        self.assertFalse(rating.consumed)
        self.assertFalse(self.tasks_of(self.area_user))
        self.assertFalse(case.satisfaction)

    def test_the_faces_lead_back_to_the_case(self):
        """The customer's own, and nobody's who reads the log."""
        case, rating = self.asked_case(**self.typed)
        mail = self.mails_to(TYPED)
        log = str(mail.mail_message_id.body)
        self.assertIn(f"/rate/{rating.access_token}/5", log)
        self.assertNotIn(case.access_token, log)
        [sent] = mail._prepare_outgoing_list()
        page = html.fromstring(sent["body"])
        [face] = [link for link in page.xpath("//a/@href") if link.endswith("/5")] or [
            link for link in page.xpath("//a/@href") if "/5?" in link
        ]
        self.assertIn(case.access_token, face)
        self.log_in()
        page = html.fromstring(self.url_open(face).text)
        text = page.text_content()
        self.assertIn(case.name, text)
        self.assertNotIn("Thank you", text)
        [form] = page.xpath("//form")
        data = {"csrf_token": http.Request.csrf_token(self), "rate": 5}
        thanks = html.fromstring(self.url_open(form.get("action"), data=data).text)
        self.env.invalidate_all()
        self.assertEqual(rating.rating, 5)
        self.assertIn("Thank you", thanks.text_content())
        self.assertNotIn("Homepage", thanks.text_content())
        [back] = [link for link in thanks.xpath("//main//a/@href") if "/my/cases/" in link]
        self.assertIn(case.name, self.url_open(back).text)

    def test_without_the_mail_there_is_no_way_back(self):
        _case, rating = self.asked_case(**self.typed)
        self.log_in()
        for path in ("5", "submit_feedback"):
            text = self.url_open(f"/rate/{rating.access_token}/{path}").text
            self.assertNotIn("/my/cases/", text)
            self.assertNotIn("Thank you", text)

    def test_unsatisfied_customer_is_called(self):
        case, rating = self.asked_case(**self.typed)
        self.log_in()
        page = self.rate(rating, 1, "Nobody called\n<b>me</b>").text
        self.assertIn("We will call you", page)
        self.assertIn(PHONE, page)
        task = self.tasks_of(self.area_user)
        self.assertEqual(task.res_id, case.id)
        self.assertIn("Nobody called<br>&lt;b&gt;me&lt;/b&gt;", str(task.note))
        self.assertFalse(self.mails_to(self.area_user.partner_id))
        note = case.message_ids[0]
        self.assertEqual(note.subtype_id, self.env.ref("mail.mt_note"))
        self.assertIn("Nobody called", note.body)
        self.assertEqual((note.author_id.id, note.email_from), (False, f'"Diego" <{TYPED}>'))
        self.assertEqual((case.satisfaction, case.satisfaction_label), (1, "ko"))
        self.rate(rating, 1, "Again")
        self.assertEqual(len(self.tasks_of(self.area_user)), 1)

    def test_satisfied_customer_is_not(self):
        case, rating = self.asked_case(requester_id=self.coholder.id)
        self.log_in()
        page = self.rate(rating, 5, "Thank you").text
        self.assertNotIn("We will call you", page)
        self.assertFalse(self.tasks_of(self.area_user))
        self.assertEqual(case.message_ids[0].author_id, self.coholder)
        self.assertFalse(case.customer_unread)

    def test_area_without_a_manager_and_confidential_case(self):
        case, rating = self.asked_case(area_id=self.deeds.id, **self.typed)
        case.rating_apply(1, rating=rating)
        self.assertEqual(self.tasks_of(self.lima._mail_administrator()).res_id, case.id)
        secret, rating = self.asked_case(
            is_confidential=True,
            legal_user_id=self.legal_adviser.id,
            requester_email="secret@example.com",
        )
        secret.rating_apply(1, rating=rating)
        tasks = self.env["mail.activity"].search([("res_id", "=", secret.id)])
        self.assertTrue(tasks)
        people = tasks.user_id.partner_id
        self.assertEqual(secret._who_may_know(people, internal=True)[secret.id], people)

    def test_customer_does_not_read_what_is_internal(self):
        case, rating = self.asked_case(requester_id=self.coholder.id)
        case.rating_apply(1, rating=rating, feedback="Nobody called")
        read = self.on(self.portal_coholder, self.env["mail.message"]).search(
            [("model", "=", case._name), ("res_id", "=", case.id)]
        )
        self.assertNotIn("Nobody called", str(read.mapped("body")))
        self.assertIn("Nobody called", str(case.message_ids.mapped("body")))

    def test_typed_requester_rates_with_and_without_a_login(self):
        for number, user in enumerate((None, self.portal_stranger)):
            _case, rating = self.asked_case(requester_email=f"typed{number}@example.com")
            self.log_in(user)
            self.assertIn("<form", self.url_open(f"/rate/{rating.access_token}/5").text)
            self.rate(rating, 3)
            self.assertEqual(rating.rating, 3)

    @mute_logger("odoo.http")
    def test_link_of_another_customer(self):
        _case, rating = self.asked_case(requester_id=self.coholder.id)
        self.log_in(self.portal_stranger)
        pages = []
        for token in ("0" * 32, rating.access_token):
            answer = self.url_open(f"/rate/{token}/5")
            self.assertEqual(answer.status_code, 404)
            pages.append(re.sub("csrf_token: .*", "", answer.text.replace(token, "")))
        self.assertEqual(*pages)
        self.assertEqual(self.rate(rating, 5).status_code, 404)
        self.assertFalse(rating.consumed)
        self.log_in(self.portal_coholder)
        self.assertEqual(self.rate(rating, 5).status_code, 200)
        self.assertEqual(rating.rating, 5)

    @mute_logger("odoo.http")
    def test_what_cannot_be_kept(self):
        _case, rating = self.asked_case(**self.typed)
        self.log_in()
        for value in ("", "2", "x", "1e9", "-1"):
            self.assertEqual(self.rate(rating, value).status_code, 400)
        self.assertFalse(rating.consumed)
        self.rate(rating, 3, "\x00<script>alert(1)</script>" + "x" * MAX_COMMENT)
        self.assertEqual(len(rating.feedback), MAX_COMMENT)
        self.assertNotIn("<script", _case.rating_history + str(_case.message_ids.mapped("body")))

    def test_ratings_of_other_records_stay_odoos(self):
        rating = self.env["rating.rating"].create(
            {
                "partner_id": self.coholder.id,
                "res_id": self.holder.id,
                "res_model_id": self.env["ir.model"]._get_id("res.partner"),
            }
        )
        self.log_in(self.portal_stranger)
        self.assertIn("cannot rate", self.url_open(f"/rate/{rating.access_token}/5").text)
        self.log_in(self.portal_coholder)
        self.assertNotIn("We will call", self.rate(rating, 1, "x" * 3000).text)
        self.assertEqual(len(rating.feedback), 3000)


@tagged("post_install", "-at_install")
class TestSatisfactionFigures(RatingsCommon):
    """Averages of ratings, by area, type and user."""

    def rated(self, value, **vals):
        case = self.create_case(**vals)
        rating = self.env["rating.rating"].create(
            {"res_model_id": self.env["ir.model"]._get_id(case._name), "res_id": case.id}
        )
        case.rating_apply(value, rating=rating)
        return case

    def test_averages_leave_out_cases_without_a_rating(self):
        mine = {"user_id": self.agent.id}
        rated = self.rated(5, **mine) | self.rated(3, **mine)
        rated |= self.rated(1, type_id=self.type_claim.id, area_id=self.deeds.id)
        every = rated | self.create_cases(3)
        self.rated(1, exclude_from_kpi=True, **mine)
        domain = [("id", "in", every.ids)]
        expected = {"area_id": {4.0, 1.0}, "type_id": {4.0, 1.0}, "user_id": {4.0, 1.0}}
        model = self.on(self.supervisor, self.env["atencion.case"])
        for name, values in expected.items():
            with self.subTest(name):
                groups = model.formatted_read_group(domain, [name], ["satisfaction:avg"])
                found = {group["satisfaction:avg"] for group in groups}
                self.assertEqual(found - {None, False}, values)

    def test_filters(self):
        good, bad, fair = self.rated(5), self.rated(1), self.rated(3)
        self.create_case()
        view = self.env.ref("atencion_cliente.atencion_case_view_search_satisfaction")
        for name, found in (("satisfied", good), ("unsatisfied", bad)):
            shown = etree.fromstring(view.arch).find(f".//filter[@name='{name}']")
            domain = literal_eval(shown.get("domain"))
            every = [*domain, ("id", "in", (good | bad | fair).ids)]
            self.assertEqual(self.env["atencion.case"].search(every), found)

    def test_area_shows_what_its_user_may_read(self):
        before = self.on(self.area_user, self.repairs).rating_count
        self.rated(5)
        self.rated(3)
        self.rated(1, is_confidential=True)
        area = self.on(self.area_user, self.repairs)
        self.assertEqual((area.rating_count, area.rating_avg), (before + 2, 4))
        action = area.action_open_ratings()
        self.assertEqual(
            self.on(self.area_user, self.env["rating.rating"]).search_count(action["domain"]),
            before + 2,
        )
