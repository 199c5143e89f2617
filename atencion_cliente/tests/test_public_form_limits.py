# Texts of customers are not translated.
# pylint: disable=translation-required
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..controllers.customer_form import OPENED, THANKS
from ..models.portal.form_token import signed
from .support.customer_forms import FORM, LEAK, NEW, CustomerFormCommon


@tagged("post_install", "-at_install")
class TestPublicFormLimits(CustomerFormCommon):
    """A form is sent by a person, once, and not too often; who is refused reads why."""

    def setUp(self):
        super().setUp()
        self.visit()

    def test_programs_are_told_from_people(self):
        now = self.hidden(FORM)["opened"]
        for fields in (
            {"homepage": "http://spam.example"},
            {"opened": signed(self.env, OPENED, [9_999_999_999])},
            {"opened": signed(self.env, OPENED, [5])},
            {"opened": signed(self.env, THANKS, [5])},
            {"opened": "x"},
            {"opened": None},
        ):
            with self.subTest(**fields):
                self.assertShownAgain(self.ask(**fields), "once more", LEAK)
        just_opened = self.url_open(FORM).text.partition('name="opened" value="')[2].split('"')[0]
        self.assertShownAgain(self.ask(opened=just_opened), "once more")
        self.assertFalse(self.new_cases())
        self.thanks(self.ask(opened=now))

    def test_a_form_is_sent_once(self):
        once = self.hidden(FORM)["once"]
        first = self.thanks(self.ask(once=once))
        second = self.thanks(self.ask(once=once))
        self.assertEqual(len(self.new_cases()), 1)
        self.assertIn(self.new_cases().name, first.text)
        self.assertIn(self.new_cases().name, second.text)
        self.thanks(self.ask(once=once, _0_text="Otra cosa"))
        self.assertEqual(len(self.new_cases()), 2, "who goes back and writes more is heard")

    def test_too_many_forms_of_one_network(self):
        for number in range(5):
            self.thanks(self.ask(email=f"ana{number}@example.com"))
        answer = self.ask(email="ana9@example.com")
        page = self.assertShownAgain(answer, "take no more for now", LEAK, status=429)
        self.assertTrue(page.xpath("//a[starts-with(@href, 'https://wa.me/51987654321')]"))
        self.assertEqual(len(self.new_cases()), 5)
        self.forget(hours=2)
        self.thanks(self.ask())

    def test_too_many_forms_of_one_e_mail(self):
        for _number in range(5):
            self.ask()
            self.forget_network()
        self.assertShownAgain(self.ask(email="ANA@example.com"), status=429)
        self.forget(hours=2)
        for _number in range(5):
            self.ask()
            self.forget(hours=2)
            self.forget_network()
        self.thanks(self.ask())

    def test_what_others_type_keeps_no_customer_with_a_login_out(self):
        """Neither with the e-mail of the customer, nor from the network of their building."""
        self.holder.email = "rosa@example.com"
        for _number in range(5):
            self.thanks(self.ask(email="rosa@example.com"))
        self.assertShownAgain(self.ask(email="rosa@example.com"), status=429)
        self.visit(self.portal_holder)
        self.thanks(
            self.send(NEW, unit=self.flat.id, kind=self.type_two_days.id, _0_text="Otra fuga")
        )
        self.visit(self.portal_coholder)
        self.thanks(
            self.send(NEW, unit=self.flat.id, kind=self.type_two_days.id, _0_text="Otra fuga")
        )

    def test_a_form_whose_case_was_deleted_is_registered_again(self):
        sent = {"once": self.hidden(FORM)["once"], "email": "", "phone": "+51 987 111 222"}
        self.thanks(self.ask(**sent))
        self.new_cases().unlink()
        self.env.flush_all()
        self.thanks(self.ask(**sent))
        case = self.new_cases()
        self.assertEqual(len(case), 1)
        [row] = self.env["atencion.incoming.mail"].search([("kind", "=", "form")])
        self.assertEqual(row.case_id, case)

    def test_too_many_forms_in_a_day(self):
        self.ask()
        [row] = self.env["atencion.incoming.mail"].search([("kind", "=", "form")])
        for number in range(29):
            row.copy({"digest": str(number)})
        self.forget(hours=2)
        self.assertShownAgain(self.ask(), status=429)
        self.forget(hours=25)
        self.thanks(self.ask())

    def forget(self, hours):
        """Let the forms be older, by hours."""
        self.env.cr.execute(
            "UPDATE atencion_incoming_mail SET create_date = create_date - %s * interval '1 hour' "
            "WHERE kind = 'form'",
            [hours],
        )

    def forget_network(self):
        self.env.cr.execute("UPDATE atencion_incoming_mail SET network_hash = id::text")

    def test_a_captcha_is_asked_for_from_the_third_form_on(self):
        asked = []

        def refuse(_model, action):
            asked.append(action)
            raise UserError("Suspicious")

        self.patch(type(self.env["ir.http"]), "_verify_request_recaptcha_token", refuse)
        self.thanks(self.ask())
        self.thanks(self.ask())
        self.assertFalse(asked)
        self.assertShownAgain(self.ask(), "Call us or write to us", LEAK)
        self.assertEqual(asked, ["atencion_new_case"])
