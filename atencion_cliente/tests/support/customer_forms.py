import time

from lxml import html

from odoo.tests import HttpCase

from ...controllers.customer_form import OPENED
from ...models.portal.form_token import signed
from .common import AtencionCommon

FORM = "/atencion/nuevo"
NEW = "/my/cases/new"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"x" * 40
LEAK = "Gotea el caño de la cocina"


class CustomerFormCommon(HttpCase, AtencionCommon):
    """The form of Lima is on: questions, for Repairs. Customers choose leaks and questions.

    Visitors come to the host of Lima. A form of a test was opened some seconds before.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lima.write(
            {
                "case_form_enabled": True,
                "case_form_type_id": cls.type_no_limit.id,
                "case_form_area_id": cls.repairs.id,
                "case_whatsapp": "+51 987 654 321",
                "phone": "+51 1 4457890",
            }
        )
        visitor = cls.env.ref("base.public_user").sudo()
        visitor.write({"company_ids": [(4, cls.lima.id)], "company_id": cls.lima.id})
        (cls.type_two_days | cls.type_no_limit).portal_visible = True
        cls.kitchen = cls.env["atencion.place"].create({"name": "Cocina"})
        cls.pipes = cls.env["atencion.case.category"].create({"name": "Tubos"})
        cls.env.flush_all()

    def visit(self, user=None):
        login = user and user.login
        self.authenticate(login, login and login + "x" * (8 - len(login)))

    def hidden(self, url):
        """The hidden fields of a form, as if it had been opened some seconds ago."""
        page = html.fromstring(self.url_open(url).text)
        fields = {
            one.get("name"): one.get("value") for one in page.xpath("//input[@type='hidden']")
        }
        return fields | {"opened": signed(self.env, OPENED, [int(time.time()) - 10])}

    def send(self, url, files=None, **fields):
        """Send a form; fields without a value are left out. ``_0_text``: ``line-0-text``."""
        named = {
            name.replace("_", "-").replace("-", "line-", 1) if name.startswith("_") else name: value
            for name, value in fields.items()
        }
        data = {name: value for name, value in (self.hidden(url) | named).items() if value}
        return self.url_open(url, data=data, files=files or {}, allow_redirects=False)

    def ask(self, url=FORM, files=None, **fields):
        """Send the form without a login, of somebody who reports a leak."""
        said = {"name": "Ana Paz", "email": "ana@example.com", "_0_text": LEAK}
        return self.send(url, files, **said | fields)

    def new_cases(self):
        self.env.invalidate_all()
        return self.env["atencion.case"].search([("portal_origin", "!=", False)], order="id")

    def thanks(self, answer):
        """The page that an accepted form leads to."""
        self.assertEqual(answer.status_code, 303, answer.text)
        return self.url_open(answer.headers["Location"])

    def assertShownAgain(self, answer, *texts, status=422):
        self.assertEqual(answer.status_code, status)
        page = html.fromstring(answer.text)
        self.assertTrue(page.xpath("//form[@data-atencion-form]"))
        for text in texts:
            self.assertIn(text, html.fromstring(answer.text).text_content())
        return page
