{
    "name": "Atención al Cliente: CRM",
    "version": "19.0.1.0.0",
    "category": "Services/Customer Care",
    "summary": "Cases from leads, opportunities from cases, and the service's menu in CRM",
    "author": "Atención al Cliente",
    "maintainers": ["atencion-cliente"],
    "development_status": "Beta",
    "license": "LGPL-3",
    "depends": ["atencion_cliente", "crm"],
    "data": [
        "views/atencion_case_views.xml",
        "views/crm_lead_views.xml",
        "views/atencion_cliente_crm_menus.xml",
    ],
    "assets": {
        "web.assets_tests": [
            "atencion_cliente_crm/static/tests/tours/**/*",
        ],
    },
    "uninstall_hook": "uninstall_hook",
    "auto_install": True,
}
