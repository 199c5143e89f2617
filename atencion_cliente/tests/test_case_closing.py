from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .support.notices import NoticesCommon

DIALOG = "atencion.case.stage.change"
TYPED = "diego@example.com"
NOTE = "It is done"


@tagged("post_install", "-at_install")
class TestCaseClosing(NoticesCommon):
    """The dialog that closes cases: answer, mail, and activities that are done."""

    def case(self, **vals):
        values = {"requester_firstname": "Diego", "requester_email": TYPED} | vals
        return self.known_case(user_id=self.agent.id, **values)

    def dialog(self, cases, code="CLO", **vals):
        values = {"case_ids": cases.ids, "stage_id": self.stages[code].id, "note": NOTE}
        return self.on(self.agent, self.env[DIALOG]).create(values | vals)

    def form(self, case, code="CLO"):
        form = Form(self.on(self.agent, self.env[DIALOG]).with_context(default_case_ids=case.ids))
        form.stage_id = self.stages[code]
        form.note = NOTE
        return form

    def bodies(self):
        self.end_transaction()
        return self.mails_to(TYPED).mapped("body_html")

    # -------------------------------------------------------------------------
    # Answer
    # -------------------------------------------------------------------------

    def test_resolution_fills_the_answer_until_it_is_written(self):
        form = self.form(self.case())
        form.resolution = "<p>Seal changed</p>"
        self.assertEqual(form.response, "<p>Seal changed</p>")
        form.resolution = "<p>New seal</p>"
        self.assertEqual(form.response, "<p>New seal</p>")
        form.response = "<p>We put a new seal</p>"
        form.resolution = "<p>Seal of the brand</p>"
        self.assertEqual(form.response, "<p>We put a new seal</p>")
        form.save().action_apply()
        case = self.env["atencion.case"].search([], order="id desc", limit=1)
        self.assertEqual(case.resolution, "<p>Seal of the brand</p>")
        self.assertEqual(case.response, "<p>We put a new seal</p>")
        (body,) = self.bodies()
        self.assertIn("We put a new seal", body)
        self.assertNotIn("brand", body)

    def test_answer_that_was_emptied_stays_empty(self):
        form = self.form(self.case())
        form.resolution = "<p>Seal changed</p>"
        form.response = "<p><br></p>"
        form.resolution = "<p>New seal</p>"
        self.assertEqual(form.response, "<p><br></p>")

    def test_answer_of_the_case_stays(self):
        form = self.form(self.case(response="<p>Come on Monday</p>"))
        form.resolution = "<p>Seal changed</p>"
        self.assertEqual(form.response, "<p>Come on Monday</p>")

    def test_answer_for_several_cases_replaces_none(self):
        written, other = self.case(response="<p>Mine</p>"), self.case()
        self.dialog(written | other, resolution="<p>Seal</p>").action_apply()
        self.assertEqual(written.response, "<p>Mine</p>")
        self.assertEqual(other.response, "<p>Seal</p>")

    def test_customer_reads_of_an_answer_with_the_answer_only(self):
        for code in ("CLO", "REJ"):
            with self.subTest(state=code):
                case = self.case(resolution="<p>x</p>")
                self.move(case, code)
                (body,) = self.bodies()
                self.assertNotIn("answered your case", body)
                self.assertIn("changed its state", body)
                self.queue().unlink()

    def test_without_the_other_template_nothing_is_said(self):
        case = self.case()
        self.env["atencion.case.stage"].search([]).customer_template_id = False
        answer = self.env.ref("atencion_cliente.mail_template_case_answer")
        self.stages["REJ"].customer_template_id = answer
        self.env.ref("atencion_cliente.mail_template_case_state").unlink()
        self.move(case, "REJ")
        self.assertFalse(self.bodies())

    # -------------------------------------------------------------------------
    # Mail
    # -------------------------------------------------------------------------

    def test_preview_is_the_mail(self):
        dialog = self.dialog(self.case(), response="<p>It was the seal</p>", resolution="<p>x</p>")
        self.assertTrue(dialog.has_mail)
        self.assertEqual(dialog.mail_to, TYPED)
        shown, subject = dialog.mail_body, dialog.mail_subject
        self.assertIn("It was the seal", shown)
        self.assertIn("Resolved", shown)
        dialog.action_apply()
        self.end_transaction()
        mail = self.mails_to(TYPED)
        self.assertEqual(mail.subject, subject)
        for said in ("It was the seal", "Resolved", "Diego"):
            self.assertIn(said, mail.body_html)
            self.assertIn(said, shown)

    def test_preview_follows_the_answer_and_the_state(self):
        form = self.form(self.case(), "REJ")
        self.assertNotIn("answered your case", form.mail_body)
        self.assertNotIn("Answered", form.mail_body)
        form.response = "<p>It is not covered</p>"
        self.assertIn("It is not covered", form.mail_body)
        self.assertIn("Answered", form.mail_body)
        form.stage_id = self.stages["WCE"]
        self.assertFalse(form.has_mail)

    def test_mail_may_be_held_back(self):
        case = self.case()
        self.dialog(case, "REJ", is_sent=False).action_apply()
        self.assertFalse(self.bodies())
        self.assertTrue(case.is_closed)
        logged = " ".join(case.message_ids.mapped("body"))
        self.assertIn("The customer was not written to", logged)

    def test_who_has_no_address_gets_no_mail(self):
        dialog = self.dialog(self.case(requester_email=False, partner_id=False), "REJ")
        self.assertFalse(dialog.has_mail)
        self.stages["REJ"].customer_template_id = False
        self.assertFalse(self.dialog(self.case(), "REJ").has_mail)

    def test_hostile_answer_does_nothing_in_the_preview(self):
        hostile = "<img src=x onerror=alert(1)><script>alert(1)</script>Seal"
        dialog = self.dialog(self.case(), resolution="<p>x</p>", response=hostile)
        self.assertIn("Seal", dialog.mail_body)
        self.assertNotIn("<script", dialog.mail_body)
        self.assertNotIn("onerror", dialog.mail_body)

    def test_template_that_fails_does_not_stop_the_dialog(self):
        self.stages["REJ"].customer_template_id.body_html = '<p><t t-out="1 / 0"/></p>'
        with mute_logger("odoo.addons.mail.models.mail_render_mixin"):
            dialog = self.dialog(self.case(), "REJ")
            self.assertIn("division by zero", dialog.mail_body)

    # -------------------------------------------------------------------------
    # Activities
    # -------------------------------------------------------------------------

    def activity(self, case, summary):
        return self.env["mail.activity"].create(
            {
                "case_id": case.id,
                "summary": summary,
                "activity_type_id": self.env.ref("mail.mail_activity_data_todo").id,
                "user_id": self.agent.id,
            }
        )

    def test_activities_with_a_tick_are_done(self):
        case = self.case()
        done, left = self.activity(case, "Visit"), self.activity(case, "Call after a week")
        dialog = self.dialog(case, "REJ", done_activity_ids=done.ids)
        self.assertEqual(dialog.open_activity_ids, done | left)
        dialog.action_apply()
        self.assertEqual(done.execution_state, "done")
        self.assertEqual(left.execution_state, "pending")

    def test_activities_of_other_cases_are_not_touched(self):
        case, other, open_case = self.case(), self.case(), self.case()
        strange, waiting = self.activity(other, "Visit"), self.activity(open_case, "Visit")
        self.dialog(case, "REJ", done_activity_ids=strange.ids).action_apply()
        self.assertEqual(strange.execution_state, "pending")
        self.dialog(open_case, "WCE", done_activity_ids=waiting.ids).action_apply()
        self.assertEqual(waiting.execution_state, "pending", "the case is not closed")
