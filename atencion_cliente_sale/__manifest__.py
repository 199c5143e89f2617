{
    "name": "Atención al Cliente: Sales",
    "version": "19.0.1.1.0",
    "category": "Services/Customer Care",
    "summary": "Orders that sell property units become contracts",
    "author": "Atención al Cliente",
    "maintainers": ["atencion-cliente"],
    "development_status": "Beta",
    "license": "LGPL-3",
    "depends": ["atencion_cliente", "sale"],
    "data": [
        "security/ir.model.access.csv",
        "security/atencion_order_buyer_rules.xml",
        "wizard/sale_mass_cancel_orders_views.xml",
        "views/atencion_contract_views.xml",
        "views/atencion_unit_views.xml",
        "views/product_template_views.xml",
        "views/sale_order_views.xml",
    ],
    "assets": {
        "web.assets_tests": [
            "atencion_cliente_sale/static/tests/tours/**/*",
        ],
    },
    "uninstall_hook": "uninstall_hook",
    "auto_install": True,
}
