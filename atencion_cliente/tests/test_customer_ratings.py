from odoo import http
from odoo.exceptions import UserError
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from .test_evidence import HTTP, SAID, EvidenceCommon


@tagged("post_install", "-at_install")
class TestCustomerRatings(EvidenceCommon, HttpCase):
    """A customer rates a case by the link that they were sent, once."""

    def ratings(self):
        return self.env["rating.rating"].search([("res_model", "=", "atencion.case")])

    def rated(self, token, rate, feedback):
        form = {"csrf_token": http.Request.csrf_token(self), "rate": rate, "feedback": feedback}
        return self.url_open(f"/rate/{token}/submit_feedback", data=form)

    def test_a_rating_is_final(self):
        token = self.case._rating_get_access_token(self.customer.partner_id)
        self.authenticate(None, None)
        self.rated(token, 1, "Nobody called")
        rating = self.ratings()
        self.assertEqual((rating.rating, rating.feedback), (1, "Nobody called"))
        self.assertTrue(rating.consumed)
        page = self.url_open(f"/rate/{token}/5")
        self.assertIn("final", page.text)
        self.rated(token, 5, "Excellent")
        self.env.invalidate_all()
        self.assertEqual((rating.rating, rating.feedback), (1, "Nobody called"))
        self.assertIn("Nobody called", self.bodies())
        self.assertNotIn("Excellent", self.bodies())
        for values in ({"rating": 5}, {"feedback": "Excellent"}, {"consumed": False}):
            with self.assertRaises(UserError):
                rating.sudo().write(values)
        rating.sudo().write({"partner_id": self.holder.id, "rating": 1})

    @mute_logger(HTTP)
    def test_the_staff_does_not_rate(self):
        token = self.case._rating_get_access_token(self.customer.partner_id)
        self.env.flush_all()
        for user in (self.agent, self.supervisor, self.manager, self.customer):
            case = self.on(user, self.case)
            for values in ({"rating_value": 5}, {"rating_id": self.ratings()[:1].id}):
                with self.subTest(user=user.login, values=values):
                    with self.assertRaises(UserError), self.cr.savepoint():
                        case.message_post(body="Very good", **SAID, **values)
        self.authenticate(self.agent.login, self.agent.login)
        self.rated(token, 5, "Excellent")
        self.env.invalidate_all()
        self.assertEqual(self.ratings().mapped("consumed"), [False])

    @mute_logger(HTTP)
    def test_no_route_of_the_conversation_rates(self):
        for user in (self.agent, self.customer):
            message = self.said(user)
            self.authenticate(user.login, user.login + "x" * (8 - len(user.login)))
            before = self.ratings()
            post = {"body": "Very good", "rating_value": 5, **SAID}
            with self.assertRaises(JsonRpcException):
                self.make_jsonrpc_request(
                    "/mail/message/post",
                    {
                        "thread_model": "atencion.case",
                        "thread_id": self.case.id,
                        "post_data": post,
                    },
                )
            with self.assertRaises(JsonRpcException):
                self.correct(message, 5)
            self.assertEqual(self.ratings(), before)
        # Still logged in as the customer, who takes their rating back.
        self.case._rating_get_access_token(self.customer.partner_id)
        rating = self.case.rating_apply(1, rating=self.ratings(), feedback="Nobody called")
        self.env.flush_all()
        for value in (5, False):
            with self.assertRaises(JsonRpcException):
                self.correct(rating.message_id, value)
        self.assertEqual((self.ratings(), rating.rating), (rating, 1))

    def correct(self, message, value):
        data = {"body": "Better", "rating_value": value}
        return self.make_jsonrpc_request(
            "/mail/message/update_content", {"message_id": message.id, "update_data": data}
        )

    @mute_logger(HTTP)
    def test_the_conversation_takes_no_mails(self):
        """What comes from outside comes by the gateway, and not by the route of the page."""
        for user in (self.agent, self.customer):
            self.authenticate(user.login, user.login + "x" * (8 - len(user.login)))
            for kind in ("email", "notification"):
                post = {"body": "By mail", "message_type": kind}
                sent = self.make_jsonrpc_request(
                    "/mail/message/post",
                    {
                        "thread_model": "atencion.case",
                        "thread_id": self.case.id,
                        "post_data": post | {"subtype_xmlid": "mail.mt_comment"},
                    },
                )
                message = self.env["mail.message"].browse(sent["message_id"])
                self.assertEqual(message.message_type, "comment")
