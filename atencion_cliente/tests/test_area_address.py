import ast

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from ..tools.mail_settings import MEGABYTE, MailSettings
from .support.common import AtencionCommon

LIMA, SANTIAGO = "lima.example", "santiago.example"


class AddressCommon(AtencionCommon):
    """The area Desk of Lima has postventa@lima.example; Santiago has a domain of its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for company, name in ((cls.lima, LIMA), (cls.santiago, SANTIAGO)):
            company.alias_domain_id = cls.env["mail.alias.domain"].create({"name": name})
        area = cls.env["atencion.area"].create({"name": "Desk", "company_id": cls.lima.id})
        cls.area = cls.on(cls.manager, area)
        cls.area.write({"mail_type_id": cls.type_two_days.id, "alias_name": "postventa"})
        cls.alias = cls.area.sudo().alias_id
        cls.administrator = new_test_user(
            cls.env,
            "test_administrator",
            groups="base.group_system,atencion_cliente.group_manager",
            company_ids=[Command.set(cls.env["res.company"].search([]).ids)],
            context={"no_reset_password": True},
        )

    def refusal(self, work, error=UserError):
        """What is said when some work is refused."""
        with self.assertRaises(error) as refused, self.cr.savepoint():
            work()
        return str(refused.exception)

    def area_at(self, name, **vals):
        values = {"name": name, "alias_name": name, "mail_type_id": self.type_two_days.id}
        values["company_id"] = self.lima.id
        return self.on(self.manager, self.env["atencion.area"]).create(values | vals)

    def defaults(self, area):
        return ast.literal_eval(area.sudo().alias_id.alias_defaults)


@tagged("post_install", "-at_install")
class TestAreaAlias(AddressCommon):
    """The values of an alias follow from its area, whoever writes them."""

    def assertFollows(self, area):
        alias = area.sudo().alias_id
        self.assertEqual(
            self.defaults(area),
            {
                "company_id": area.company_id.id,
                "area_id": area.id,
                "type_id": area.mail_type_id.id,
            },
        )
        self.assertEqual(alias.alias_model_id.model, "atencion.case")
        self.assertEqual(alias.alias_parent_model_id.model, "atencion.area")
        self.assertEqual(alias.alias_parent_thread_id, area.id)
        self.assertEqual(alias.alias_contact, "everyone")
        self.assertFalse(alias.alias_force_thread_id or alias.alias_incoming_local)
        self.assertEqual(alias.alias_domain_id, area.company_id.alias_domain_id)

    def test_address_of_a_new_area_and_of_one_that_gets_it_later(self):
        self.assertEqual(self.area.alias_email, f"postventa@{LIMA}")
        self.assertFollows(self.area)
        self.assertFollows(self.area_at("cobranza"))

    def test_defaults_follow_type_and_company(self):
        self.area.mail_type_id = self.type_working
        self.assertFollows(self.area)
        area = self.area_at("tramites", member_ids=[Command.clear()])
        area.write({"company_id": self.santiago.id, "mail_type_id": self.type_chile.id})
        self.assertEqual(area.alias_email, f"tramites@{SANTIAGO}")
        self.assertFollows(area)

    def test_address_follows_the_domain_of_the_company(self):
        self.lima.alias_domain_id = self.env["mail.alias.domain"].create({"name": "new.example"})
        self.assertEqual(self.area.alias_email, "postventa@new.example")
        self.lima.alias_domain_id.name = "newer.example"
        self.assertEqual(self.area.alias_email, "postventa@newer.example")

    def test_company_without_a_domain_has_no_address(self):
        self.lima.alias_domain_id = False
        self.assertFalse(self.area.alias_email)
        self.assertFollows(self.area)
        area = self.on(self.manager, self.deeds).with_company(self.santiago)
        area.write({"alias_name": "escrituras", "mail_type_id": self.type_two_days.id})
        self.assertFalse(area.alias_email)
        self.assertFollows(area)

    def test_area_of_a_company_without_a_domain_gets_that_of_no_other(self):
        company = self.env["res.company"].create({"name": "Cusco Homes", "alias_domain_id": False})
        area = self.area_at(
            "mudanza",
            mail_type_id=self.env["atencion.case.type"]
            .create({"name": "Of all", "company_id": False})
            .id,
        )
        area.sudo().company_id = company
        self.assertFollows(area)
        self.assertFalse(area.sudo().alias_id.alias_domain_id)

    def test_context_of_a_client_changes_nothing(self):
        other = self.env["mail.alias"].create(
            {"alias_name": "ventas", "alias_model_id": self.env["ir.model"]._get_id("res.partner")}
        )
        area = self.on(self.manager, self.env["atencion.area"]).with_context(
            default_alias_id=other.id,
            default_alias_force_thread_id=1,
            default_alias_contact="followers",
            default_alias_incoming_local=True,
            default_alias_domain_id=self.santiago.alias_domain_id.id,
        )
        values = {"name": "A", "company_id": self.lima.id, "mail_type_id": self.type_two_days.id}
        with_address = area.create(values | {"alias_name": "atencion"})
        self.assertFollows(with_address)
        without = area.create(values)
        self.assertFalse(without.sudo().alias_id)
        without.alias_name = "consultas"
        self.assertFollows(without)
        self.assertEqual(other.alias_model_id.model, "res.partner")

    def test_clients_do_not_write_what_follows(self):
        other = self.env["mail.alias"].create(
            {"alias_name": "ventas", "alias_model_id": self.env["ir.model"]._get_id("res.partner")}
        )
        table = {
            "alias_id": other.id,
            "alias_defaults": "{'company_id': 1}",
            "alias_domain_id": self.santiago.alias_domain_id.id,
            "kept_alias_name": "ventas",
        }
        for name, value in table.items():
            for given in (value, False):
                with self.subTest(field=name, value=given):
                    self.refusal(lambda n=name, v=given: self.area.write({n: v}), AccessError)
                    # That a new area has no alias yet is what its form says.
                    if (name, given) != ("alias_id", False):
                        self.refusal(
                            lambda n=name, v=given: self.area_at("b", **{n: v}), AccessError
                        )
        self.assertFollows(self.area)

    def test_only_who_configures_the_area_gives_it_an_address(self):
        for user in (self.agent, self.supervisor):
            area = self.on(user, self.area)
            self.refusal(lambda area=area: area.write({"alias_name": "otra"}), AccessError)
        local = new_test_user(
            self.env,
            "test_local",
            groups="atencion_cliente.group_manager",
            company_id=self.santiago.id,
            company_ids=[Command.set(self.santiago.ids)],
            context={"no_reset_password": True},
        )
        area = self.area.with_user(local).with_context(allowed_company_ids=self.santiago.ids)
        self.refusal(lambda: area.write({"alias_name": "otra"}), AccessError)
        self.assertEqual(self.alias.alias_name, "postventa")

    # -------------------------------------------------------------------------
    # Odoo's list of aliases
    # -------------------------------------------------------------------------

    def test_administrators_change_the_area_and_not_its_alias(self):
        alias = self.alias.with_user(self.administrator)
        table = {
            "alias_defaults": "{'no_such_field': 1}",
            "alias_model_id": self.env["ir.model"]._get_id("res.partner"),
            "alias_domain_id": self.santiago.alias_domain_id.id,
            "alias_force_thread_id": self.create_case().id,
            "alias_contact": "followers",
            "alias_parent_thread_id": self.deeds.id,
            "alias_incoming_local": True,
        }
        for name, value in table.items():
            with self.subTest(field=name):
                text = self.refusal(lambda n=name, v=value: alias.write({n: v}))
                self.assertIn("Desk" if name != "alias_domain_id" else "postventa", text)
        self.assertIn("Desk", self.refusal(alias.unlink))
        self.assertFollows(self.area)

    def test_administrators_rename_an_alias_and_the_area_follows(self):
        self.alias.with_user(self.administrator).alias_name = "atencion"
        self.assertEqual(self.area.alias_email, f"atencion@{LIMA}")
        self.area.active = False
        self.alias.with_user(self.administrator).alias_name = "otra"
        self.assertFalse(self.alias.alias_name, "an archived area has no address")
        self.assertEqual(self.area.kept_alias_name, "otra")

    def test_name_in_the_list_needs_a_type_too(self):
        self.area.alias_name = False
        self.area.mail_type_id = False
        self.refusal(lambda: self.alias.with_user(self.administrator).write({"alias_name": "x"}))

    def test_aliases_of_others_are_written_as_before(self):
        alias = self.env["mail.alias"].create(
            {"alias_name": "ventas", "alias_model_id": self.env["ir.model"]._get_id("res.partner")}
        )
        alias.write({"alias_defaults": "{'x': 1}", "alias_name": "compras"})
        self.assertEqual((alias.alias_defaults, alias.alias_name), ("{'x': 1}", "compras"))
        alias.unlink()

    # -------------------------------------------------------------------------
    # What is typed
    # -------------------------------------------------------------------------

    def test_what_can_be_read_is_taken(self):
        for text in ("Atencion", " atencion ", f"ATENCION@{LIMA.upper()}"):
            with self.subTest(text=text):
                self.area.alias_name = text
                self.assertEqual(self.area.alias_email, f"atencion@{LIMA}")
        self.area.alias_name = "  "
        self.assertFalse(self.area.alias_name)

    def test_what_cannot_be_an_address_is_explained(self):
        for text, proposal in (
            ("atención", "atencion"),
            ("post venta", "post-venta"),
            ("post..venta", "post.venta"),
            ("“x”", "x"),
            ("post+venta", ""),
            ("客服", ""),
            ("a" * 65, ""),
            ("a@", None),
        ):
            with self.subTest(text=text):
                if proposal is None:
                    self.area.alias_name = text
                    self.assertEqual(self.area.alias_name, "a")
                    continue
                said = self.refusal(lambda t=text: self.area.write({"alias_name": t}))
                self.assertIn(f"For example: {proposal}" if proposal else "64", said)

    def test_foreign_domain_is_explained(self):
        said = self.refusal(lambda: self.area.write({"alias_name": "postventa@gmail.com"}))
        self.assertIn(f"@{LIMA}", said)
        self.assertIn("Lima", said)
        said = self.refusal(lambda: self.area_at(f"b@{LIMA}", company_id=self.santiago.id))
        self.assertIn(f"@{SANTIAGO}", said)
        self.lima.alias_domain_id = False
        said = self.refusal(lambda: self.area.write({"alias_name": f"postventa@{LIMA}"}))
        self.assertIn("no e-mail domain", said)

    def test_same_name_in_two_domains_and_twice_in_one(self):
        service = self.on(self.manager, self.service_chile)
        service.write({"mail_type_id": self.type_chile.id, "alias_name": "postventa"})
        self.assertEqual(service.alias_email, f"postventa@{SANTIAGO}")
        self.assertEqual(self.area.alias_email, f"postventa@{LIMA}")
        self.assertIn("Desk", self.refusal(lambda: self.area_at("postventa")))
        self.assertIn("catchall", self.refusal(lambda: self.area_at("catchall")))

    # -------------------------------------------------------------------------
    # The life of an area
    # -------------------------------------------------------------------------

    def test_archiving_frees_the_address_and_restoring_takes_it_back(self):
        self.area.active = False
        self.assertFalse(self.alias.alias_name or self.area.alias_email)
        self.area.active = True
        self.assertEqual(self.area.alias_email, f"postventa@{LIMA}")
        self.assertFalse(self.area.kept_alias_name)
        self.assertFollows(self.area)

    def test_address_that_another_took_is_not_taken_back(self):
        self.area.active = False
        other = self.area_at("postventa")
        self.area.active = True
        self.assertFalse(self.area.alias_email)
        self.assertEqual(self.area.kept_alias_name, "postventa", "the form says so")
        self.assertEqual(other.alias_email, f"postventa@{LIMA}")
        self.area.alias_name = "postventa2"
        self.assertFalse(self.area.kept_alias_name)

    def test_address_that_became_the_catchall_is_not_taken_back(self):
        self.area.active = False
        self.lima.alias_domain_id.catchall_alias = "postventa"
        self.area.active = True
        self.assertFalse(self.area.alias_email)

    def test_area_that_is_created_archived_has_no_address(self):
        area = self.area_at("archivo", active=False)
        self.assertFalse(area.sudo().alias_id.alias_name)
        area.active = True
        self.assertEqual(area.alias_email, f"archivo@{LIMA}")

    def test_copy_has_no_address(self):
        copy = self.area.copy()
        self.assertFalse(copy.sudo().alias_id or copy.alias_name or copy.kept_alias_name)

    def test_deleted_area_leaves_no_alias(self):
        area = self.area_at("borrar")
        alias = area.sudo().alias_id
        area.unlink()
        self.assertFalse(alias.exists())

    def test_change_of_the_address_is_logged(self):
        self.env.cr.flush()
        self.area.alias_name = "atencion"
        self.env.cr.flush()
        values = self.area.sudo().message_ids.tracking_value_ids
        changes = values.filtered(lambda one: one.field_id.name == "alias_name")
        self.assertIn(
            ("postventa", "atencion"),
            changes.mapped(lambda c: (c.old_value_char, c.new_value_char)),
        )


@tagged("post_install", "-at_install")
class TestAreaMail(AddressCommon):
    """What an area says of the mail that it receives and writes."""

    # -------------------------------------------------------------------------
    # Type
    # -------------------------------------------------------------------------

    def test_address_needs_a_type(self):
        self.assertIn("Desk", self.refusal(lambda: self.area.write({"mail_type_id": False})))
        self.assertIn("nueva", self.refusal(lambda: self.area_at("nueva", mail_type_id=False)))
        self.area.write({"alias_name": False, "mail_type_id": False})
        self.refusal(lambda: self.area.write({"alias_name": "postventa"}))

    def test_type_is_no_claim_and_of_the_company(self):
        for case_type in (self.type_claim, self.type_chile):
            with self.subTest(type=case_type.name):
                self.refusal(lambda t=case_type: self.area.write({"mail_type_id": t.id}))

    def test_type_of_mails_stays_what_it_is(self):
        case_type = self.env["atencion.case.type"].create(
            {"name": "By mail", "company_id": self.lima.id}
        )
        self.area.mail_type_id = case_type
        self.assertIn("claim", self.refusal(lambda: case_type.write({"form": "claim"})))
        self.refusal(lambda: case_type.write({"company_id": self.santiago.id}))
        self.assertIn("Desk", self.refusal(lambda: case_type.write({"active": False})))
        case_type.company_id = False
        self.assertEqual(self.area.mail_type_id, case_type)

    def test_archiving_a_type_moves_its_areas(self):
        case_type = self.env["atencion.case.type"].create(
            {"name": "By mail", "company_id": self.lima.id}
        )
        self.area.mail_type_id = case_type
        action = self.on(self.manager, case_type).action_archive_in_use()
        dialog = self.on(self.manager, self.env["atencion.archiving"]).browse(action["res_id"])
        self.assertIn("Desk", case_type._names_of(case_type._using_settings()[0][0]))
        case_type._move_uses(self.type_working, "")
        self.assertEqual(self.area.mail_type_id, self.type_working)
        self.assertEqual(self.defaults(self.area)["type_id"], self.type_working.id)
        self.assertTrue(dialog.exists())

    def test_area_is_not_restored_with_an_archived_type(self):
        case_type = self.env["atencion.case.type"].create(
            {"name": "By mail", "company_id": self.lima.id}
        )
        self.area.mail_type_id = case_type
        self.area.active = False
        case_type.active = False
        self.assertIn("By mail", self.refusal(lambda: self.area.write({"active": True})))
        self.area.write({"active": True, "mail_type_id": self.type_two_days.id})
        self.assertEqual(self.area.alias_email, f"postventa@{LIMA}")

    # -------------------------------------------------------------------------
    # Answers, forms, sender
    # -------------------------------------------------------------------------

    @mute_logger("odoo.sql_db")
    def test_days_to_reopen_are_bounded(self):
        for days in (-1, 0, 3651, 10**12, "x"):
            with self.subTest(days=days):
                self.refusal(lambda d=days: self.area.write({"reopen_days": d}), ValidationError)

    def test_form_senders(self):
        self.area.form_senders = "Web <Forms@Example.com>\nportal@example.org, forms@example.com"
        self.assertEqual(
            self.area._form_sender_addresses(), ["forms@example.com", "portal@example.org"]
        )
        said = self.refusal(lambda: self.area.write({"form_senders": "a@example.com\nforms"}))
        self.assertIn("forms", said)
        self.area.form_senders = False
        self.assertEqual(self.area._form_sender_addresses(), [])

    def test_hidden_names_need_a_sender(self):
        self.refusal(lambda: self.area.write({"show_agent_name": False}))
        self.area.write({"show_agent_name": False, "partner_id": self.lima.partner_id.id})
        self.refusal(lambda: self.area.write({"partner_id": False}))

    def test_form_creates_areas(self):
        """The form has the alias, and a new area none: nothing is written that follows from it."""
        for values in ({}, {"alias_name": "cobranzas", "mail_type_id": self.type_two_days}):
            with Form(self.area.browse()) as form:
                form.name = "Collections"
                for name, value in values.items():
                    form[name] = value
            self.assertEqual(form.record.alias_name, values.get("alias_name", False))
            self.assertEqual(bool(form.record.sudo().alias_id), bool(values))

    def test_form_proposes_the_company_as_sender(self):
        with Form(self.area) as form:
            form.show_agent_name = False
            self.assertEqual(form.partner_id, self.lima.partner_id)

    def test_sender_is_no_user(self):
        former = self.agent2
        former.active = False
        for user in (self.agent, former, self.customer):
            with self.subTest(user=user.login):
                said = self.refusal(lambda u=user: self.area.write({"partner_id": u.partner_id.id}))
                self.assertIn(user.name, said)

    @mute_logger("odoo.sql_db")
    def test_sender_is_kept(self):
        contact = self.env["res.partner"].create({"name": "After-sales"})
        self.area.partner_id = contact
        with self.assertRaises(UserError):
            contact.unlink()

    # -------------------------------------------------------------------------
    # Outgoing server
    # -------------------------------------------------------------------------

    def server(self, **vals):
        values = {"name": "SES", "smtp_host": "127.0.0.1", "smtp_authentication": "login"}
        return self.env["ir.mail_server"].create(values | vals)

    def test_only_administrators_choose_the_server(self):
        server = self.server()
        self.refusal(lambda: self.area.write({"mail_server_id": server.id}), AccessError)
        self.refusal(lambda: self.area.read(["mail_server_id"]), AccessError)
        self.area.with_user(self.administrator).mail_server_id = server
        self.assertEqual(self.area.sudo().mail_server_id, server)

    def test_server_for_another_sender_is_warned_of(self):
        area = self.area.with_user(self.administrator)
        for from_filter, warned in (
            ("other.example", True),
            (f"notify@{LIMA}", True),
            (LIMA, False),
            (f"x@other.example, postventa@{LIMA}", False),
            (False, False),
        ):
            with self.subTest(filter=from_filter):
                area.mail_server_id = self.server(from_filter=from_filter)
                self.assertEqual(bool(area.mail_server_warning), warned)
        area.mail_server_id = False
        self.assertFalse(area.mail_server_warning)

    def test_personal_server_is_refused_and_one_in_use_is_not_archived(self):
        area = self.area.with_user(self.administrator)
        personal = self.server(owner_user_id=self.agent.id)
        self.refusal(lambda: area.write({"mail_server_id": personal.id}))
        server = self.server()
        area.mail_server_id = server
        self.assertIn("Desk", self.refusal(lambda: server.write({"active": False})))


@tagged("post_install", "-at_install")
class TestMailSettings(AddressCommon):
    """What all companies share is written by administrators of Odoo, within bounds."""

    def settings(self, **vals):
        env = self.env["res.config.settings"].with_user(self.administrator).with_company(self.lima)
        return env.create({f"atencion_mail_{name}": value for name, value in vals.items()})

    def known(self):
        return self.env["atencion.incoming.mail"]._mail_settings()

    def test_settings_are_kept_and_shown(self):
        self.assertEqual(self.known(), MailSettings())
        self.settings(
            size_limit_mb=40,
            limit=5,
            case_limit=3,
            window_minutes=10,
            trusted_servers="MX.example.net, mx2.example.net",
            spam_header="X-Spam-Status:",
            retention_days=0,
            keep_originals=True,
        ).execute()
        expected = MailSettings(
            40 * MEGABYTE, 5, 3, 10, ("mx.example.net", "mx2.example.net"), "X-Spam-Status", 0, True
        )
        self.assertEqual(self.known(), expected)
        shown = self.settings()
        self.assertEqual(shown.atencion_mail_trusted_servers, "mx.example.net, mx2.example.net")
        self.assertEqual(shown.atencion_mail_retention_days, 0)
        shown.execute()
        self.assertEqual(self.known(), expected)
        self.settings(keep_originals=False, trusted_servers=False).execute()
        self.assertFalse(self.known().keep_originals or self.known().trusted_servers)

    def test_changes_are_traced(self):
        self.settings(limit=5).execute()
        change = self.env["atencion.setting.change"].search([], limit=1)
        self.assertEqual(
            (change.setting, change.old_value, change.new_value, change.user_id),
            ("Mails of one address", "20", "5", self.administrator),
        )

    def test_what_cannot_be_used_is_refused(self):
        for name, value in (
            ("size_limit_mb", 0),
            ("size_limit_mb", 101),
            ("limit", -1),
            ("case_limit", 0),
            ("window_minutes", 2_000),
            ("retention_days", 4_000),
            ("trusted_servers", "*.example.net"),
            ("spam_header", "X-Spam: YES"),
        ):
            with self.subTest(name=name, value=value):
                self.refusal(self.settings(**{name: value}).execute, ValidationError)
        self.assertEqual(self.known(), MailSettings())

    def test_a_parameter_that_cannot_be_used_leaves_the_page_open(self):
        parameters = self.env["ir.config_parameter"]
        for name in ("size_limit_mb", "limit", "retention_days", "trusted_servers"):
            parameters.set_param(f"atencion_cliente.mail_{name}", "\N{PILE OF POO}")
        self.assertEqual(self.known(), MailSettings())
        self.assertEqual(self.settings().atencion_mail_size_limit_mb, 25)

    def test_nobody_else_writes_them(self):
        for user in (self.manager, self.agent, self.customer):
            with self.subTest(user=user.login):
                page = self.env["res.config.settings"].with_user(user)
                self.refusal(lambda p=page: p.create({"atencion_mail_limit": 1}), AccessError)
                self.refusal(page.set_values, AccessError)
        self.assertEqual(self.known(), MailSettings())

    def test_page_shows_the_addresses_of_the_company(self):
        service = self.on(self.manager, self.service_chile)
        service.write({"mail_type_id": self.type_chile.id, "alias_name": "postventa"})
        self.assertEqual(self.settings().atencion_mail_addresses, f"Desk: postventa@{LIMA}")
