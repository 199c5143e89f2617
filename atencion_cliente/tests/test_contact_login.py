from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from .support.common import AtencionCommon


@tagged("post_install", "-at_install")
class TestContactLogin(HttpCase, AtencionCommon):
    """With no right but ours, nobody changes what another person's login depends on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.firm = cls.env["res.partner"].create({"name": "Quispe & Co.", "is_company": True})

    def contact(self, partner=None, user=None):
        return self.on(user or self.manager, partner or self.holder)

    def test_the_right_of_the_tests_is_ours_alone(self):
        for user in (self.agent, self.supervisor, self.manager):
            self.assertTrue(user._has_right_from_atencion_only("res.partner", "write"))

    def test_the_email_of_who_has_a_login_stays(self):
        self.portal_coholder.active = False
        for partner in (self.holder, self.coholder):
            for values in (
                {"email": "thief@example.com"},
                {"email": False},
                {"email_normalized": "thief@example.com"},
                {"name": "Rosa", "email": "thief@example.com"},
                {"parent_id": self.firm.id},
                {"commercial_partner_id": self.firm.id},
                {"is_company": True},
                {"partner_share": False},
            ):
                for user in (self.agent, self.manager):
                    with (
                        self.subTest(values=values, user=user.login),
                        self.assertRaises(AccessError) as refusal,
                    ):
                        self.contact(partner, user).write(values)
                    self.assertIn("has a login", str(refusal.exception))

    def call(self, partner, method, *args):
        """Call a method as a client does: Odoo's commands run as the user of the request."""
        self.authenticate(self.manager.login, self.manager.login)
        params = {"model": "res.partner", "method": method, "args": [partner.ids, *args]}
        with mute_logger("odoo.http"):
            return self.make_jsonrpc_request(
                f"/web/dataset/call_kw/res.partner/{method}", params | {"kwargs": {}}
            )

    def test_nor_by_another_contact(self):
        child = self.env["res.partner"].create({"name": "Branch", "parent_id": self.firm.id})
        self.holder.parent_id = child
        email = self.holder.email
        update = {"child_ids": [Command.update(self.holder.id, {"email": "thief@example.com"})]}
        login = [Command.update(self.portal_holder.id, {"email": "thief@example.com"})]
        for partner, method, *args in (
            (child, "write", update),
            (child, "web_save", update, {"id": {}}),
            (self.firm, "write", update),
            (self.firm, "write", {"child_ids": [Command.link(self.coholder.id)]}),
            (self.firm, "write", {"child_ids": [Command.unlink(child.id)]}),
            (child, "write", {"parent_id": False}),
            (self.holder, "write", {"user_ids": login}),
        ):
            with self.subTest(args=args), self.assertRaises(JsonRpcException):
                self.call(partner, method, *args)
        self.env.invalidate_all()
        self.assertEqual(self.holder.email, email)
        self.assertEqual(self.holder.commercial_partner_id, self.firm)
        self.assertTrue(self.call(self.coholder, "write", {"phone": "+51 1 555 0102"}))

    def test_nor_by_an_import(self):
        self.env["ir.model.data"].create(
            {
                "module": "__import__",
                "name": "rosa",
                "model": "res.partner",
                "res_id": self.holder.id,
            }
        )
        result = self.contact().load(["id", "email"], [["__import__.rosa", "thief@example.com"]])
        self.assertFalse(result["ids"])
        self.assertNotEqual(self.holder.email, "thief@example.com")

    def test_the_rest_of_the_contact_is_changed(self):
        same = {"phone": "+51 1 555 0101", "email": self.holder.email}
        self.contact(user=self.agent).write(same)
        stranger = self.env["res.partner"].create({"name": "No login"})
        self.contact(stranger, self.agent).write(
            {"email": "a@example.com", "parent_id": self.firm.id}
        )

    def test_odoos_own_right_goes_on(self):
        self.agent.group_ids += self.env.ref("base.group_partner_manager")
        self.contact(user=self.agent).email = "new@example.com"
        self.assertEqual(self.holder.email, "new@example.com")

    def test_everybody_changes_their_own(self):
        self.on(self.agent, self.agent).email = "agent@example.com"
        self.assertEqual(self.agent.partner_id.email, "agent@example.com")
