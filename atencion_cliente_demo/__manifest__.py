{
    "name": "Atención al Cliente: demo data",
    "version": "19.0.1.0.0",
    "category": "Services/Customer Care",
    "summary": "Two projects, their buyers and 120 cases, to try the application with",
    "author": "Atención al Cliente",
    "license": "LGPL-3",
    "depends": ["atencion_cliente"],
    "data": ["data/atencion_demo.xml"],
    "pre_init_hook": "pre_init_hook",
}
