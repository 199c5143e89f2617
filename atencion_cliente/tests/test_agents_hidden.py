# Texts of customers are not translated.
# pylint: disable=translation-required
from odoo.tests import tagged

from .support.area_mail import ADDRESS, AreaMailCommon

AGENT = "Zoila Agente"
CASE = "atencion.case"
READ = {
    "mail.message": ["author_id", "body", "email_from", "incoming_email_cc", "incoming_email_to"],
    "mail.notification": ["author_id", "mail_email_address", "res_partner_id"],
}


@tagged("post_install", "-at_install")
class TestAgentsHidden(AreaMailCommon):
    """Where an area does not show its agents, nothing that goes out or is read names one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        team = cls.env["res.partner"].create({"name": "Team", "email": "team@homes.example"})
        cls.repairs.write({"partner_id": team.id, "show_agent_name": False})
        for user in cls.agent | cls.agent2:
            user.name = f"{AGENT} {user.login}"
            user.partner_id.email = f"zoila.{user.login}@homes.example"
        cls.case = cls.followed_case()
        cls.people = cls.customer.partner_id | cls.holder

    def assertUnnamed(self, mails):
        """Assert that no mail to somebody outside names an agent."""
        outside = [mail for mail in mails if "zoila" not in mail["To"].split(">")[0].lower()]
        self.assertTrue(outside)
        for mail in outside:
            text = f"{mail.as_string()} {mail.get_body(('html', 'plain')).get_content()}"
            found = text.lower().find("zoila")
            self.assertEqual(text[max(0, found - 90) : found + 30] if found >= 0 else "", "")

    def assertNothingRead(self):
        """Assert that customers find no agent by Odoo's API."""
        for user in (self.customer, self.portal_holder):
            for model, names in READ.items():
                records = self.on(user, self.env[model]).search([])
                self.assertNotIn(
                    "zoila", str(records.read(names)).lower(), f"{user.login}: {model}"
                )

    def test_colleague_in_the_copy_of_an_answer(self):
        self.joins(self.case, sender=self.customer.email, subject=self.case.name)
        asked = self.case.message_ids[0]
        answer = self.letter(
            sender=f"{AGENT} <{self.agent.email}>",
            to=f"{ADDRESS}, {AGENT} <{self.agent2.email}>",
            text="On Monday",
            Cc=f"{self.agent2.email}, plomero@obra.example",
            In_Reply_To=asked.message_id,
        )
        message = self.joins(self.case, answer)
        self.assertPublic(message, self.case)
        self.assertIn("plomero@obra.example", message.incoming_email_cc)
        self.assertUnnamed(self.sent)
        self.assertNothingRead()

    def test_invitation_to_follow(self):
        def invite():
            self.on(self.agent, self.env["mail.followers.edit"]).create(
                {
                    "res_model": CASE,
                    "res_ids": str(self.case.ids),
                    "partner_ids": self.coholder.ids,
                    "message": "<p>Please read</p>",
                    "notify": True,
                }
            ).edit_followers()

        mails, _result = self.sent_by(invite)
        self.assertUnnamed(mails)
        self.assertIn(ADDRESS, mails[0]["Reply-To"])
        self.assertNothingRead()

    def test_mails_of_a_template_and_to_many(self):
        template = self.env["mail.template"].create(
            {
                "name": "News",
                "model_id": self.env["ir.model"]._get_id(CASE),
                "subject": "News",
                "body_html": "<p>News</p>",
                "partner_to": str(self.customer.partner_id.id),
            }
        )
        mails, _result = self.sent_by(lambda: self.on(self.agent, template).send_mail(self.case.id))
        self.assertUnnamed(mails)
        self.assertNothingRead()

    def test_notifications_of_what_customers_write(self):
        self.joins(self.case, sender=self.customer.email, subject=self.case.name)
        told = self.case.message_ids.notification_ids.res_partner_id
        self.assertIn(self.agent.partner_id, told, "the agent hears of it")
        self.assertNothingRead()
