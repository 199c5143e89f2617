{
    "name": "Atención al Cliente: Website",
    "version": "19.0.1.0.0",
    "category": "Services/Customer Care",
    "summary": "The form for requests and claims in the menu of the website",
    "author": "Atención al Cliente",
    "maintainers": ["atencion-cliente"],
    "development_status": "Beta",
    "license": "LGPL-3",
    "depends": ["atencion_cliente", "website"],
    "data": [
        "data/website_menu_data.xml",
        "views/website_templates.xml",
    ],
    "auto_install": True,
}
