"""The 78 services: repairs, emergencies and observations at the handover.

By category they follow the complaints of owners in Peru: 29 % bathrooms and plumbing, 23 %
leaks, 18 % doors, 16 % floors and 14 % walls. Of 78 that is 22.6, 17.9, 14.0, 12.5 and 10.9;
rounded down they are 75, and the three missing go to the largest remainders, leaks, walls
and plumbing: 23, 18, 14, 12, 11.

By state: WRC 10, RIT 6, PRO 13, WCE 8, TRA 3, REA 4, CLO 26, REJ 8.
By alert: open 20 overdue, 3 due today, 21 on time; closed 21 in time, 13 late.
"""

from functools import partial

from .plan import CasePlan

Repair = partial(CasePlan, "repair")
Urgent = partial(CasePlan, "emergency", priority="3", source="phone")
Handover = partial(CasePlan, "handover", source="counter")

# Cases of one request: nine requirement sheets of two to four cases.
SHEETS = (
    Handover(
        "LJ-B-104", 15, "", "floor", "Porcelanato de la sala con piezas desniveladas", sheet="a"
    ),
    Handover("LJ-B-104", 15, "WRC+4", "door", "Puerta principal raya el piso al abrir", sheet="a"),
    Handover(
        "LJ-B-104", 15, "WRC+2 RIT+8", "wall", "Fisura sobre el dintel del dormitorio 2", sheet="a"
    ),
    Handover(
        "LJ-B-104",
        15,
        "WRC+6",
        "plumbing",
        "Desagüe lento en la ducha del baño principal",
        sheet="a",
    ),
    Handover("PA-S-101", 33, "WCE+12", "floor", "Zócalos despegados en el pasillo", sheet="b"),
    Handover("PA-S-101", 33, "", "wall", "Pared de la sala fuera de plomo", sheet="b"),
    Handover(
        "PA-S-101", 33, "CLO+10", "door", "Clóset del dormitorio principal no cierra", sheet="b"
    ),
    Handover("PA-S-101", 33, "CLO+5", "plumbing", "Lavamanos sin presión de agua", sheet="b"),
    Repair("LJ-A-404", 8, "", "plumbing", "Goteo bajo el lavadero de la cocina", sheet="c"),
    Repair(
        "LJ-A-404", 8, "WRC+1 RIT+6", "leak", "Mancha de humedad en el techo del baño", sheet="c"
    ),
    Repair(
        "LJ-A-404", 8, "WRC+2", "door", "Puerta del baño de visita se hincha y se traba", sheet="c"
    ),
    Repair(
        "LJ-B-102", 6, "WRC+1", "wall", "Grieta diagonal junto a la ventana de la sala", sheet="d"
    ),
    Repair(
        "LJ-B-102", 6, "", "leak", "Ingreso de agua por la mampara con la lluvia", "2", sheet="d"
    ),
    Repair(
        "LJ-B-102",
        6,
        "TRA+4:handovers",
        "plumbing",
        "Falta la tapa del registro del baño",
        sheet="d",
    ),
    Repair(
        "PA-N-401", 20, "CLO+4", "wall", "Fisura en la pared del dormitorio principal", sheet="e"
    ),
    Repair("PA-N-401", 20, "WRC+3 RIT+8", "plumbing", "Poceta pierde agua por la base", sheet="e"),
    Repair(
        "PA-N-401", 20, "CLO+10", "door", "Bisagras vencidas en la puerta de la cocina", sheet="e"
    ),
    Repair("LJ-B-103", 5, "WRC+1", "leak", "Humedad detrás del clóset del dormitorio", sheet="f"),
    Repair(
        "LJ-B-103", 5, "WRC+1 RIT+4", "plumbing", "Válvula del inodoro no corta el agua", sheet="f"
    ),
    Repair(
        "PA-N-302", 12, "", "floor", "Cerámica levantada en la cocina", source="email", sheet="g"
    ),
    Repair(
        "PA-N-302",
        12,
        "WRC+2 RIT+9",
        "door",
        "Cerradura de la puerta principal trabada",
        source="email",
        sheet="g",
    ),
    Repair(
        "PA-N-201",
        3,
        "WRC+1",
        "plumbing",
        "Tanque del calentador con fuga",
        source="email",
        sheet="h",
    ),
    Repair(
        "PA-N-201",
        3,
        "TRA+2:building",
        "leak",
        "Filtración desde la terraza común",
        source="email",
        sheet="h",
    ),
    Repair("LJ-A-303", 145, "CLO+11", "wall", "Tarrajeo soplado en el comedor", sheet="i"),
    Repair("LJ-A-303", 145, "REJ+6", "plumbing", "Trampa del lavatorio rota", sheet="i"),
)
OPEN = (
    # Waiting for documents, or on their way.
    Repair("LJ-A-302", 14, "WRC+3", "floor", "Piso laminado con juntas abiertas"),
    Repair(
        "LJ-B-101",
        21,
        "WRC+2",
        "leak",
        "Humedad en la base del muro de la lavandería",
        source="portal",
    ),
    Repair("PA-N-202", 30, "WRC+10", "leak", "Vuelve la filtración en el techo de la cocina"),
    Repair(
        "LJ-A-403",
        40,
        "WRC+12",
        "plumbing",
        "Olor a desagüe en el baño de servicio",
        source="email",
    ),
    Repair("LJ-B-102", 15, "WRC+2 RIT+6", "floor", "Porcelanato rajado en la terraza"),
    # In progress.
    Repair("PA-N-301", 9, "", "leak", "Goteo en el techo del baño auxiliar"),
    Repair(
        "LJ-A-401",
        16,
        "",
        "door",
        "Puerta corrediza del clóset se descarrila",
        source="email",
        user="jefe",
    ),
    Urgent("LJ-A-104", 3, "", "plumbing", "Rotura de tubería inunda la cocina", user="jefe"),
    Repair(
        "LJ-A-302",
        7,
        "",
        "plumbing",
        "Ducha con goteo permanente",
        requester="p21",
        relation="coowner",
    ),
    Urgent("PA-N-401", 1, "", "leak", "Cae agua por la luminaria del pasillo", user="agente2"),
    Repair(
        "LJ-A-401", 0, "", "plumbing", "Inodoro de visita no carga agua", user="-", source="portal"
    ),
    Repair("LJ-B-101", 2, "", "door", "Puerta del dormitorio se abre sola", user="-"),
    Handover("LJ-B-103", 4, "", "wall", "Pared del estudio con ondulaciones"),
    # With a contractor or a supplier.
    Repair(
        "",
        13,
        "WCE+3",
        "leak",
        "Filtración en el sótano junto al ascensor",
        project="LJ",
        source="administration",
        requester="manager",
    ),
    Repair(
        "LJ-A-401", 18, "WCE+5", "floor", "Porcelanato vuelve a soplarse en la sala", source="email"
    ),
    Repair("PA-N-301", 27, "WCE+8", "plumbing", "Reaparece la fuga bajo el lavamanos"),
    Repair("LJ-A-102", 35, "WCE+10", "door", "Hoja de la puerta principal arqueada"),
    Repair("LJ-B-101", 48, "WCE+15", "wall", "Fisura reaparece en el muro de la sala"),
    Repair("PA-N-202", 5, "WCE+2", "plumbing", "Bomba de agua del departamento hace ruido"),
    Handover("LJ-B-103", 9, "WCE+4", "door", "Manija del dormitorio principal floja"),
    # Transferred, reactivated.
    Repair(
        "PA-N-302",
        17,
        "TRA+10:legal",
        "leak",
        "Daño a terceros por filtración al piso 2",
        source="email",
    ),
    Repair(
        "LJ-A-304",
        60,
        "CLO+5 REA+57",
        "plumbing",
        "Fuga en la llave de la lavadora",
        source="email",
    ),
    Repair("LJ-A-402", 45, "CLO+6 REA+40", "leak", "Filtración por el sello de la bañera"),
    Repair("LJ-A-304", 90, "CLO+7 REA+78", "door", "Puerta de la terraza no sella", source="email"),
    Repair("PA-N-301", 75, "REJ+6 REA+64", "floor", "Piso de la cocina manchado"),
)
CLOSED = (
    # Upheld, in time.
    Repair("LJ-A-104", 400, "CLO+6", "plumbing", "Caño de la cocina gotea"),
    Repair("PA-N-102", 372, "WCE+2 CLO+6", "plumbing", "Herraje de la poceta defectuoso"),
    Repair("LJ-A-204", 341, "CLO+5", "leak", "Filtración en la ducha principal"),
    Repair(
        "LJ-A-203",
        318,
        "CLO+4",
        "door",
        "Puerta del dormitorio roza el marco",
        requester="p22",
        relation="tenant",
    ),
    Repair(
        "PA-N-201", 290, "CLO+7", "floor", "Cuatro piezas de porcelanato sueltas", source="email"
    ),
    Repair("LJ-A-302", 262, "WRC+1 PRO+5 CLO+9", "wall", "Fisura en el muro del pasillo"),
    Repair("LJ-A-204", 240, "CLO+3", "plumbing", "Inodoro descarga mal"),
    Repair(
        "LJ-A-401", 214, "WCE+3 CLO+7", "leak", "Humedad en el muro de la cocina", source="email"
    ),
    Repair("LJ-A-402", 188, "CLO+2", "door", "Cerradura del clóset sin llave"),
    Urgent("LJ-A-403", 160, "CLO+1", "plumbing", "Desborde del desagüe de la cocina"),
    Repair("LJ-A-404", 133, "CLO+6", "floor", "Zócalo de la sala despegado"),
    Handover("LJ-B-101", 110, "CLO+12", "wall", "Fisura en el muro de la sala"),
    Repair(
        "PA-N-202", 84, "CLO+3", "leak", "Filtración en el techo de la cocina", "2", source="phone"
    ),
    Repair(
        "LJ-A-203",
        276,
        "CLO+9",
        "door",
        "Puerta del dormitorio vuelve a rozar",
        requester="p22",
        relation="tenant",
    ),
    # Upheld, late.
    Repair("LJ-A-201", 385, "CLO+12", "leak", "Humedad en el cielo raso del baño"),
    Repair("LJ-A-301", 330, "WCE+4 CLO+15", "plumbing", "Terma sin presión de agua caliente"),
    Repair("LJ-A-304", 228, "CLO+8", "floor", "Piso del balcón sin pendiente", source="email"),
    Repair("LJ-A-204", 175, "WCE+5 CLO+20", "plumbing", "Inodoro vuelve a descargar mal"),
    Urgent("LJ-A-303", 98, "CLO+3", "leak", "Filtración activa sobre el tablero eléctrico"),
    Repair("PA-N-301", 70, "TRA+2:building PRO+5 CLO+14", "plumbing", "Fuga bajo el lavamanos"),
    Handover("LJ-A-401", 52, "CLO+21", "floor", "Porcelanato soplado en la sala", source="email"),
    # Not upheld, in time.
    Repair("LJ-A-202", 355, "REJ+4", "wall", "Perforaciones en el muro del dormitorio"),
    Repair(
        "PA-N-302", 120, "REJ+3", "door", "Puerta cortada para instalar alfombra", source="email"
    ),
    Repair("LJ-A-101", 58, "REJ+7", "leak", "Humedad en el muro de la sala", source="email"),
    Repair("LJ-A-103", 25, "WRC+2 REJ+5", "floor", "Desgaste del piso laminado", source="email"),
    # Not upheld, late.
    Repair("PA-N-202", 200, "REJ+12", "plumbing", "Filtro de agua instalado por terceros"),
    Repair("LJ-A-301", 105, "REJ+10", "leak", "Filtración por jardinera del propietario"),
    Repair("LJ-A-102", 47, "REJ+9", "wall", "Pintura descascarada en la sala"),
)
SERVICES = SHEETS + OPEN + CLOSED
