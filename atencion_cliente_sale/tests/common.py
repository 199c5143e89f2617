from odoo import Command
from odoo.tests import new_test_user

from odoo.addons.atencion_cliente.tests.support.common import AtencionCommon


class OrderCommon(AtencionCommon):
    """Units that are products, and those who sell them.

    ::

        Lima: seller (own orders), sales_manager (all orders); no right of ours
        free units: B-201, B-202, E-02; their products: product, product2, product_parking
        A-101 is in CT-1, A-102 and E-01 in CT-2
        project Hills of Lima: unit H-1, product_hills
        buyer: a person; buyer_company with its contact buyer_contact
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls._sales_user("seller", "sales_team.group_sale_salesman")
        cls.sales_manager = cls._sales_user("sales_manager", "sales_team.group_sale_manager")
        Unit = cls.env["atencion.unit"]
        cls.unit, cls.unit2, cls.unit_parking = Unit.create(
            [
                {"name": "Flat 201", "code": "B-201", "block_id": cls.tower.id},
                {"name": "Flat 202", "code": "B-202", "block_id": cls.tower.id},
                {
                    "name": "Parking 2",
                    "code": "E-02",
                    "project_id": cls.project.id,
                    "kind": "parking",
                },
            ]
        )
        cls.hills = cls.env["atencion.project"].create({"name": "Hills", "company_id": cls.lima.id})
        cls.unit_hills = Unit.create({"name": "House", "code": "H-1", "project_id": cls.hills.id})
        cls.unit_chile = Unit.create(
            {"name": "Flat", "code": "S-1", "project_id": cls.project_chile.id}
        )
        cls.units = (
            cls.unit | cls.unit2 | cls.unit_parking | cls.unit_hills | cls.flat | cls.unit_chile
        )
        cls.units.action_create_products()
        cls.buyer, cls.buyer_company = cls.env["res.partner"].create(
            [{"name": "Ana Torres"}, {"name": "Torres SAC", "is_company": True}]
        )
        cls.buyer_contact = cls.env["res.partner"].create(
            {"name": "Ana at Torres", "parent_id": cls.buyer_company.id}
        )
        cls.env.flush_all()

    @classmethod
    def _sales_user(cls, login, group):
        return new_test_user(
            cls.env,
            f"test_{login}",
            groups=group,
            company_id=cls.lima.id,
            company_ids=[Command.set(cls.lima.ids)],
            lang="en_US",
            context={"no_reset_password": True},
        )

    @classmethod
    def order(cls, units, partner=None, **vals):
        return cls.env["sale.order"].create(cls.order_values(units, partner, **vals))

    @classmethod
    def order_values(cls, units, partner=None, **vals):
        return {
            "partner_id": (partner or cls.buyer).id,
            "company_id": cls.lima.id,
            "user_id": cls.seller.id,
            "order_line": [
                Command.create({"product_id": unit.product_tmpl_ids.product_variant_id.id})
                for unit in units
            ],
        } | vals

    @classmethod
    def confirmed(cls, units, partner=None, **vals):
        order = cls.order(units, partner, **vals)
        order.action_confirm()
        return order

    def messages(self, record):
        return "\n".join(message.body for message in record.message_ids)
