from odoo import Command

from odoo.addons.atencion_cliente.tests.support.common import AtencionCommon

SALES = "sales_team.group_sale_salesman"


class CrmCommon(AtencionCommon):
    """Leads of the first company, and people who have CRM, the service, or both.

    ::

        agent: the service    seller: CRM (own leads)    agent_seller: both
        firm ▸ contact        lead_typed: nobody registered
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls._user("seller", SALES)
        cls.agent_seller = cls._user("agent_seller", SALES, "atencion_cliente.group_user")
        cls.repairs.member_ids = [Command.link(cls.agent_seller.id)]
        peru = cls.env.ref("base.pe").id
        cls.firm = cls.env["res.partner"].create(
            {"name": "Inversiones Surco", "is_company": True, "country_id": peru}
        )
        cls.contact = cls.env["res.partner"].create(
            {
                "name": "Elena Ramos",
                "parent_id": cls.firm.id,
                "phone": "+51 987 654 321",
                "email": "elena@example.com",
            }
        )
        cls.lead_typed = cls.create_lead(
            contact_name="Rosa María Quispe",
            partner_name="Inversiones Lima",
            email_from='"Rosa" <Rosa@example.com>',
            phone="987654322",
            function="Owner",
            description="<p>The lift is slow</p>",
        )
        cls.env.flush_all()

    @classmethod
    def _user(cls, login, *groups):
        return cls.env["res.users"].create(
            {
                "name": login,
                "login": f"test_{login}",
                "password": f"test_{login}",
                "email": f"{login}@example.com",
                "lang": "en_US",
                "company_id": cls.lima.id,
                "company_ids": [Command.set(cls.lima.ids)],
                "group_ids": [Command.set([cls.env.ref(group).id for group in groups])],
            }
        )

    @classmethod
    def create_lead(cls, **vals):
        values = {
            "name": "Interested in the penthouse",
            "company_id": cls.lima.id,
            "user_id": False,
            "type": "opportunity",
        }
        return cls.env["crm.lead"].create(values | vals)

    def last_line(self, record):
        """The text of the newest line in the log of a record."""
        return (
            self.env["mail.message"]
            .search([("model", "=", record._name), ("res_id", "=", record.id)], limit=1)
            .preview
        )
