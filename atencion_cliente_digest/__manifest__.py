{
    "name": "Atención al Cliente: Digest",
    "version": "19.0.1.0.0",
    "category": "Services/Customer Care",
    "summary": "Cases received, closed, overdue and reopened in the digest e-mails",
    "author": "Atención al Cliente",
    "maintainers": ["atencion-cliente"],
    "development_status": "Beta",
    "license": "LGPL-3",
    "depends": ["atencion_cliente", "digest"],
    "data": [
        "data/digest_data.xml",
        "views/digest_views.xml",
    ],
    "auto_install": True,
}
