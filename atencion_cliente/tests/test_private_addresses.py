from odoo.tests import tagged
from odoo.tools import mute_logger

from ..controllers.customer_form import THANKS, links_digest
from ..models.portal.form_token import signed
from .support.acts import CustomerActsCommon
from .support.customer_forms import CustomerFormCommon


@tagged("post_install", "-at_install")
class TestPrivateAddresses(CustomerActsCommon):
    """No other site is told the address of a page whose address holds a token."""

    def addresses(self):
        case = self.answered_case()
        page, token = case.access_url, self.token(case)
        values = {"res_model_id": self.env["ir.model"]._get_id(case._name), "res_id": case.id}
        rating = self.env["rating.rating"].create(values | {"partner_id": self.holder.id})
        thanks = signed(self.env, THANKS, [case.id, links_digest(case)], hours=1)
        self.end_of_work()
        return {
            f"{page}?access_token={token}": 200,
            f"{page}?access_token=x": 404,
            f"{page}/unknown?access_token={token}": 404,
            f"/atencion/gracias/{thanks}": 200,
            "/atencion/gracias/x": 404,
            f"/rate/{rating.access_token}/5": 200,
            f"/rate/{rating.access_token}/submit_feedback": 200,
            "/rate/x/5": 404,
        }

    def test_every_page_with_a_token(self):
        self.enter()
        for address, status in self.addresses().items():
            with self.subTest(address=address), mute_logger("odoo.http"):
                answer = self.url_open(address)
                self.assertEqual(answer.status_code, status)
                self.assertEqual(answer.headers.get("Referrer-Policy"), "same-origin")

    def test_answers_to_acts(self):
        case = self.answered_case()
        self.enter()
        for csrf in (True, False):
            with self.subTest(csrf=csrf), mute_logger("odoo.http"):
                answer = self.confirm(case, token=self.token(case), follow=False, csrf=csrf)
                self.assertEqual(answer.headers.get("Referrer-Policy"), "same-origin")


@tagged("post_install", "-at_install")
class TestPrivateForms(CustomerFormCommon):
    """The same holds for the form of a unit, and for what answers it."""

    def test_every_answer(self):
        self.visit()
        address = f"/atencion/nuevo/{self.flat._form_token()}"
        with mute_logger("odoo.http"):
            for answer in (
                self.url_open(address),
                self.url_open("/atencion/nuevo/0-x"),
                self.ask(address),
                self.ask(address, name=""),
                self.ask(address, csrf_token="x"),
            ):
                with self.subTest(status=answer.status_code):
                    self.assertEqual(answer.headers.get("Referrer-Policy"), "same-origin")
