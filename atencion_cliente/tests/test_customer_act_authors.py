import base64

from odoo.tests import HttpCase, tagged

from .support.acts import ANSWER, PATIENCE, CustomerActsCommon
from .support.acts import picture as signature_of
from .support.customer_forms import CustomerFormCommon


@tagged("post_install", "-at_install")
class TestCustomerActAuthors(CustomerActsCommon, HttpCase):
    """Whoever acts by a link acts in their own name, and in that of no other customer."""

    def setUp(self):
        super().setUp()
        self.enter()

    def link_of(self, case, partner):
        """What the link has that was sent to a contact."""
        return f"{self.token(case)}&pid={partner.id}&hash={case._sign_token(partner.id)}"

    def typed(self, make, **vals):
        """A case of CT-1 whose requester is no contact, and has a telephone alone."""
        phone = {"requester_firstname": "Diego", "requester_phone": "+51 987 654 321"}
        case = make(requester_id=False, requester_relation=False, **phone, **vals)
        self.assertTrue(case.partner_id)
        return case

    def test_the_holder_acts_by_their_own_link(self):
        case = self.own_case(requester_id=self.stranger.id)
        self.hand_over(case, token=self.link_of(case, self.holder))
        self.assertEqual(self.last_said(case).author_id, self.holder)
        closed = self.answered_case(requester_id=self.stranger.id)
        self.sign(closed, token=self.link_of(closed, self.holder))
        self.assertEqual(self.last_said(closed).author_id, self.holder)

    def test_a_forged_link_names_nobody(self):
        case = self.own_case(requester_id=self.stranger.id)
        self.hand_over(case, token=f"{self.token(case)}&pid={self.holder.id}&hash=x")
        self.assertEqual(self.last_said(case).author_id, self.stranger)

    def test_a_telephone_is_not_the_holder(self):
        case = self.typed(self.own_case)
        self.hand_over(case, token=self.token(case))
        said = self.last_said(case)
        self.assertEqual((said.author_id, said.email_from), (self.holder.browse(), "Diego"))
        closed = self.typed(self.answered_case)
        self.sign(closed, token=self.token(closed))
        self.assertFalse(self.last_said(closed).author_id)

    def test_a_telephone_is_not_told_who_the_holder_is(self):
        case = self.typed(self.own_case)
        values = {"thread_model": case._name, "thread_id": case.id, "token": self.token(case)}
        told = self.make_jsonrpc_request("/portal/chatter_init", values)
        self.assertNotIn(self.holder.name, str(told))

    def question(self, case):
        """What the holder was asked about the closing of a case."""
        values = {"res_model_id": self.env["ir.model"]._get_id(case._name), "res_id": case.id}
        rating = self.env["rating.rating"].create(values | {"partner_id": self.holder.id})
        self.env.cr.execute(
            "UPDATE rating_rating SET create_date = %s WHERE id = %s", (case.closed_at, rating.id)
        )
        self.end_of_work()
        return rating

    def test_nobody_rates_for_another_customer(self):
        self.type_two_days.ask_rating = True
        case = self.typed(self.answered_case)
        rating = self.question(case)
        answer = self.confirm(case, token=self.token(case), follow=False)
        self.assertNotIn(rating.access_token, answer.headers["Location"])
        asked = self.answered_case(requester_id=self.holder.id)
        rating = self.question(asked)
        answer = self.confirm(asked, token=self.token(asked), follow=False)
        self.assertIn(rating.access_token, answer.headers["Location"])


@tagged("post_install", "-at_install")
class TestScannedCode(CustomerFormCommon):
    """Whoever scans the code of a unit learns nothing of who holds it."""

    def test_the_sender_of_a_form_reads_nothing_of_the_holder(self):
        other = self.create_case(contract_id=self.contract.id, subject="Secret of the holder")
        self.thanks(self.ask(f"/atencion/nuevo/{self.flat._form_token()}"))
        case = self.new_cases()
        self.assertEqual(case.partner_id, self.holder)
        case.response = ANSWER
        link = f"{case.access_url}?access_token={case._portal_ensure_token()}"
        hidden = (other.name, other.subject, self.contract.name, *self.people())
        for user in (None, self.portal_stranger):
            self.env.flush_all()
            self.visit(user)
            text = self.url_open(link).text
            self.assertIn(case.name, text)
            for one in hidden:
                with self.subTest(user=user and user.login, hidden=one):
                    self.assertNotIn(one, text)
        self.visit(self.portal_holder)
        self.assertIn(self.contract.name, self.url_open(case.access_url).text)

    def said(self, case, **access):
        """The conversation, as the page of a case reads it."""
        self.env.flush_all()
        values = {"thread_model": case._name, "thread_id": case.id, **access}
        return str(self.make_jsonrpc_request("/mail/chatter_fetch", values))

    def test_the_sender_of_a_form_reads_nothing_that_the_holder_writes(self):
        self.thanks(self.ask(f"/atencion/nuevo/{self.flat._form_token()}"))
        case = self.new_cases()
        for body, author in (("Keys at the gate", self.holder), ("We come", self.agent.partner_id)):
            kind = {"message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
            case.message_post(body=body, author_id=author.id, **kind)
        token = case._portal_ensure_token()
        for user in (None, self.portal_stranger):
            self.visit(user)
            text = self.said(case, token=token)
            with self.subTest(user=user and user.login):
                self.assertIn("We come", text)
                self.assertNotIn("Keys at the gate", text)
                self.assertNotIn(self.holder.name, text)
        signature = {"pid": self.holder.id, "hash": case._sign_token(self.holder.id)}
        self.visit()
        self.assertIn("Keys at the gate", self.said(case, token=token, **signature))
        self.visit(self.portal_holder)
        self.assertIn("Keys at the gate", self.said(case))

    def test_the_sender_of_a_form_is_not_told_who_signed(self):
        self.thanks(self.ask(f"/atencion/nuevo/{self.flat._form_token()}"))
        case, signer = self.new_cases(), "Rosa Maria Quispe"
        case.write({"resolution": "<p>Seal changed</p>", "response": ANSWER})
        self.move(case, "CLO")
        token = f"access_token={case._portal_ensure_token()}"
        of_holder = f"{token}&pid={self.holder.id}&hash={case._sign_token(self.holder.id)}"
        picture = base64.b64encode(signature_of("PNG")).decode()
        sign = f"{case.access_url}/sign?answer={case._answer_digest()}"
        values = {"name": signer, "signature": picture}
        self.env.flush_all()
        self.visit(self.portal_holder)
        told = self.make_jsonrpc_request(sign, values, timeout=PATIENCE)
        self.assertEqual(told, {"force_refresh": True})
        for user, link, knows in (
            (self.portal_holder, "", True),
            (self.portal_coholder, "", True),
            (None, of_holder, True),
            (self.portal_stranger, of_holder, True),
            (None, token, False),
            (self.portal_stranger, token, False),
        ):
            self.visit(user)
            page = self.url_open(f"{case.access_url}?{link}").text
            with self.subTest(user=user and user.login, link=bool(link), knows=knows):
                self.assertIn("Our answer was signed", page)
                self.assertEqual(signer in page, knows)
                told = self.make_jsonrpc_request(f"{sign}&{link}", values)
                self.assertIn("The answer was signed on", told["error"])
                self.assertNotIn(signer, told["error"])

    def people(self):
        for partner in self.contract.holder_ids.partner_id:
            yield from (partner.name, partner.vat, partner.email)

    def test_who_is_no_customer_any_more_gets_no_new_link(self):
        thanks = self.ask().headers["Location"]
        case = self.new_cases()
        self.assertIn(case.access_token, self.url_open(thanks).text)
        case.write({"requester_id": self.stranger.id, "requester_email": False})
        self.env.flush_all()
        answer = self.url_open(thanks)
        self.assertEqual(answer.status_code, 404)
        self.assertNotIn(case.access_token, answer.text)

    def test_a_form_that_is_sent_again_brings_no_new_link(self):
        sent = self.hidden("/atencion/nuevo")
        self.ask(**sent)
        case = self.new_cases()
        again = self.ask(**sent)
        self.assertEqual(again.status_code, 303)
        case.write({"requester_id": self.stranger.id, "requester_email": False})
        self.env.flush_all()
        self.assertEqual(self.ask(**sent).status_code, 404)
        self.assertEqual(self.new_cases(), case)

    def test_archived_cases_have_no_number(self):
        thanks = self.ask().headers["Location"]
        case = self.new_cases()
        case.active = False
        self.env.flush_all()
        self.assertNotIn(case.name, self.url_open(thanks).text)
