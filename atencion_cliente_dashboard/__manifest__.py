{
    "name": "Atención al Cliente: Dashboard",
    "version": "19.0.1.0.0",
    "category": "Services/Customer Care",
    "summary": "Panels of open cases, on-time rates and where cases come from",
    "author": "Atención al Cliente",
    "maintainers": ["atencion-cliente"],
    "development_status": "Beta",
    "license": "LGPL-3",
    "depends": ["atencion_cliente", "spreadsheet_dashboard"],
    "data": [
        "data/spreadsheet_dashboard_data.xml",
        "views/atencion_cliente_dashboard_menus.xml",
    ],
    "auto_install": True,
}
