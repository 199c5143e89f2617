{
    "name": "Atención al Cliente",
    "version": "19.0.1.0.0",
    "category": "Services/Customer Care",
    "sequence": 60,
    "summary": "Requests and claims of property customers, answered within the deadline",
    "author": "Atención al Cliente",
    "license": "LGPL-3",
    "depends": [
        "mail",
        "portal",
        "rating",
        "calendar",
        "resource",
        "contacts",
        "phone_validation",
    ],
    "external_dependencies": {
        "python": ["phonenumbers", "python-stdnum", "xlsxwriter"],
    },
    "data": [
        "security/atencion_cliente_groups.xml",
        "security/ir.model.access.csv",
        "security/atencion_cliente_rules.xml",
        "data/atencion_case_stage_data.xml",
        "data/atencion_source_data.xml",
        "data/res_company_data.xml",
        "views/atencion_portal_templates.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "atencion_cliente/static/src/**/*",
        ],
        "web.assets_tests": [
            "atencion_cliente/static/tests/tours/**/*",
        ],
    },
    "application": True,
}
