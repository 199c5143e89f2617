from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import config

from .support.common import AtencionCommon


@tagged("post_install", "-at_install")
class TestGettingStartedCompany(AtencionCommon):
    """Without country and address telephones are not understood and answers do not arrive."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.quito = cls.env["res.company"].create({"name": "Quito Homes"})
        cls.quito.alias_domain_id = False
        cls.manager.company_ids |= cls.quito
        cls.manager.lang = "en_US"

    def progress(self):
        started = self.on(self.manager, self.env["atencion.getting.started"])
        return started.with_context(allowed_company_ids=self.quito.ids).get_progress()

    def test_what_the_company_lacks_is_said_until_it_has_it(self):
        country, sender = self.progress()["lacks"]
        self.assertIn("has no country", country)
        self.assertIn("Quito Homes has no e-mail address", sender)
        self.quito.write({"country_id": self.env.ref("base.ec").id, "email": "q@example.com"})
        self.assertEqual(self.progress()["lacks"], [])

    def test_where_mails_leave_is_asked_of_who_may_say_it(self):
        servers = self.env["ir.mail_server"]
        servers.search([]).action_archive()
        self.assertFalse(self.progress()["mail_lack"])
        self.manager.group_ids |= self.env.ref("base.group_system")
        with patch.dict(config.options, {"smtp_server": "localhost"}):
            lack = self.progress()["mail_lack"]
            self.assertIn("localhost", lack["text"])
            self.assertTrue(self.env.ref(lack["action"]))
            server = servers.create({"name": "Mail", "smtp_host": "mail.example.com"})
            self.assertFalse(self.progress()["mail_lack"])
            server.active = False
            self.assertTrue(self.progress()["mail_lack"])
        with patch.dict(config.options, {"smtp_server": "mail.example.com"}):
            self.assertFalse(self.progress()["mail_lack"])

    def links_to_verify(self):
        steps = {step["key"]: step for step in self.progress()["steps"]}
        return [link for link in steps["portfolio"]["links"] if "context" in link]

    def test_numbers_to_verify_are_counted(self):
        waiting = self.env["res.partner"].search([("identity_proposal", "!=", False)])
        waiting.action_keep_identities()
        self.assertEqual(self.links_to_verify(), [])
        contacts = self.on(self.manager, self.env["res.partner"]).with_context(
            allowed_company_ids=self.quito.ids, import_file=True
        )
        header = ["name", "vat", "country_id"]
        rows = [["Ana", "1234567", "PE"], ["Eva", "1234568", "PE"], ["Luz", "12345678", "PE"]]
        self.assertFalse(contacts.load(header, rows)["messages"])
        [link] = self.links_to_verify()
        self.assertEqual(link["label"], "Numbers to verify: 2")
        self.assertEqual(link["context"], {"search_default_identity_to_verify": 1})

    def test_administrators_of_odoo_are_led_to_the_data_of_the_company(self):
        self.assertFalse(self.progress()["company_link"])
        self.manager.group_ids |= self.env.ref("base.group_erp_manager")
        action = self.progress()["company_link"]["action"]
        self.assertEqual((action["res_model"], action["res_id"]), ("res.company", self.quito.id))
