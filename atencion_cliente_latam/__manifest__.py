{
    "name": "Atención al Cliente: Latin American identification",
    "version": "19.0.1.0.0",
    "category": "Services/Customer Care",
    "summary": "Identification types of customers and requesters, and numbers checked by them",
    "author": "Atención al Cliente",
    "maintainers": ["atencion-cliente"],
    "development_status": "Beta",
    "license": "LGPL-3",
    "depends": ["atencion_cliente", "l10n_latam_base"],
    "data": [
        "data/l10n_latam_identification_type_data.xml",
        "views/atencion_case_views.xml",
        "views/res_partner_views.xml",
    ],
    "uninstall_hook": "uninstall_hook",
    "auto_install": True,
}
