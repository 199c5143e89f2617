from lxml import html

from odoo.tests import HttpCase, tagged

from odoo.addons.atencion_cliente.models.portal.atencion_unit_form import FORM_URL


@tagged("post_install", "-at_install")
class TestWebsiteForm(HttpCase):
    """The website leads to the form of its company, and only where there is one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.website = cls.env["website"].search([], limit=1)
        cls.company = cls.website.company_id
        area = cls.env["atencion.area"].create({"name": "Repairs", "company_id": cls.company.id})
        kind = cls.env["atencion.case.type"].create({"name": "Leak", "area_id": area.id})
        cls.company.write({"case_form_type_id": kind.id, "case_form_area_id": area.id})

    def places(self):
        """Where the front page of the website leads to the form."""
        page = html.fromstring(self.url_open("/").content)
        links = page.xpath(f"//a[@href='{FORM_URL}']")
        return sorted({next(iter(link.xpath("ancestor::*[@id][1]/@id"))) for link in links})

    def set_form(self, enabled):
        self.company.case_form_enabled = enabled
        self.env.flush_all()

    def test_it_leads_to_the_form_while_it_is_on(self):
        self.set_form(True)
        self.assertEqual(self.places(), ["bottom", "top_menu", "top_menu_collapse_mobile"])
        self.set_form(False)
        self.assertEqual(self.places(), [])

    def test_new_websites_have_it_for_their_own_company(self):
        self.set_form(True)
        company = self.env["res.company"].create({"name": "Another developer"})
        other = self.env["website"].create({"name": "Another", "company_id": company.id})
        menus = self.env["website.menu"].search(
            [("url", "=", FORM_URL), ("website_id", "in", (other | self.website).ids)]
        )
        visible = {menu.website_id: menu.is_visible for menu in menus}
        self.assertEqual(visible, {self.website: True, other: False})

    def test_an_entry_is_as_visible_as_odoo_says(self):
        """Ours is not the only condition, and other entries are not ours."""
        menus = self.website.menu_id.child_id
        self.assertGreater(len(menus), 1)
        before = {menu: menu.is_visible for menu in menus if menu.url != FORM_URL}
        self.set_form(False)
        menus.invalidate_recordset()
        self.assertEqual({menu: menu.is_visible for menu in before}, before)

    def test_what_a_visitor_loads_is_the_same(self):
        """No script and no style of ours is in the bundles of the website."""
        bundles = ("web.assets_frontend", "web.assets_frontend_lazy")
        for bundle in bundles:
            files = self.env["ir.asset"]._get_asset_paths(bundle, {})
            with self.subTest(bundle):
                self.assertFalse([path for path, *_ in files if "atencion_cliente" in path])
