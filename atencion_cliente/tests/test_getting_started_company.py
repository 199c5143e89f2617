from odoo.tests import tagged

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

    def test_administrators_of_odoo_are_led_to_the_data_of_the_company(self):
        self.assertFalse(self.progress()["company_link"])
        self.manager.group_ids |= self.env.ref("base.group_erp_manager")
        action = self.progress()["company_link"]["action"]
        self.assertEqual((action["res_model"], action["res_id"]), ("res.company", self.quito.id))
