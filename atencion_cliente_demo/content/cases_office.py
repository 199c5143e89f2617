"""The 22 claims (16 reclamos, 6 quejas) and the 20 requests.

Claims count in working days: an age is either well inside or well outside fifteen of
them, whatever weekends and holidays fall between.

Claims by state: PRO 9, WCE 2, TRA 2, CLO 7, REJ 2. By alert: open 6 overdue, 7 on time;
closed 7 in time, 2 late.

Requests by state: WRC 4, RIT 2, PRO 8, WCE 2, TRA 1, REA 1, CLO 2. By alert: open 2
overdue, 6 on time, and ten questions without limit; closed 2 in time.
"""

from functools import partial

from .plan import CasePlan

Claim = partial(CasePlan, "claim", source="book")
Complaint = partial(CasePlan, "complaint", source="book")
Papers = partial(CasePlan, "papers", category="paper")
NewHolder = partial(CasePlan, "new_holder", category="paper", request_type="holder")
Statement = partial(CasePlan, "statement", category="payment")
Disbursement = partial(CasePlan, "disbursement", category="payment", source="email")
Question = partial(CasePlan, "question")

CLAIMS = (
    Claim(
        "LJ-E-03", 0, "", "parking", "Estacionamiento con menos ancho que el del plano", user="-"
    ),
    Claim("LJ-B-103", 3, "", "electric", "Tablero sin interruptor diferencial"),
    Complaint(
        "LJ-A-404", 6, "", "staff", "Trato descortés del personal de caseta", source="social"
    ),
    Claim(
        "LJ-B-201", 10, "", "paper", "Entrega del departamento fuera de plazo", user="supervisor"
    ),
    Claim("PA-N-401", 13, "", "glass", "Mampara templada con rayaduras"),
    Claim(
        "LJ-B-301",
        12,
        "",
        "payment",
        "Cobro de penalidad no pactada",
        "2",
        source="letter",
        user="legal",
        confidential=True,
    ),
    Claim(
        "LJ-A-403",
        36,
        "",
        "tiles",
        "Mayólicas del baño de otro tono",
        requester="p23",
        relation="proxy",
    ),
    Complaint("LJ-A-201", 44, "", "staff", "Nadie responde las llamadas de postventa"),
    Claim("PA-N-202", 52, "", "paint", "Pintura de la fachada interior manchada"),
    Claim("PA-N-302", 9, "WCE+3", "electric", "Caídas de tensión en el departamento"),
    Claim("LJ-B-101", 40, "WCE+10", "gas", "Demora en habilitar el gas natural"),
    Complaint(
        "LJ-B-202",
        7,
        "TRA+4:collections",
        "payment",
        "Llamadas de cobranza ya pagada",
        source="phone",
    ),
    Complaint(
        "",
        33,
        "TRA+20:legal",
        "staff",
        "Maltrato a un visitante en la sala de ventas",
        project="LJ",
        source="social",
        requester="visitor",
        confidential=True,
    ),
    Claim("LJ-A-202", 300, "CLO+12", "lift", "Ascensor detenido por una semana"),
    Claim("LJ-A-302", 220, "CLO+10", "tap", "Grifería de una marca distinta a la ofrecida"),
    Claim("LJ-A-401", 150, "CLO+14", "metal", "Baranda del balcón con óxido"),
    Complaint("LJ-A-103", 95, "CLO+8", "staff", "Demora en la atención en caseta"),
    Claim("PA-N-401", 62, "CLO+13", "electric", "Se dispara el interruptor de la cocina"),
    Claim("LJ-A-402", 35, "CLO+11", "glass", "Vidrio de la ducha con rebaba"),
    Claim("PA-N-201", 180, "CLO+32", "parking", "Portón del estacionamiento golpea el vehículo"),
    Claim("LJ-A-301", 130, "REJ+12", "paint", "Muro manchado tras colgar un mueble"),
    Complaint(
        "",
        80,
        "REJ+31",
        "common",
        "Ruido de una fiesta en el salón comunal",
        project="PA",
        source="administration",
        requester="neighbour",
    ),
)
REQUESTS = (
    Question(
        "LJ-B-204",
        0,
        "",
        "payment",
        "¿Cómo adelanto cuotas de mi cronograma?",
        user="-",
        source="portal",
        request_type="advance",
    ),
    Question(
        "",
        1,
        "",
        "paper",
        "Requisitos para separar un departamento",
        project="LJ",
        user="-",
        source="social",
        requester="prospect",
    ),
    Question(
        "LJ-A-203",
        2,
        "",
        "common",
        "Horario de mudanzas y uso del montacargas",
        requester="p22",
        relation="tenant",
    ),
    Question(
        "PA-N-301",
        5,
        "",
        "paper",
        "¿Puedo registrar el contrato con un apoderado?",
        source="email",
        request_type="property",
    ),
    Question(
        "LJ-B-302",
        8,
        "",
        "payment",
        "Cambio de banco para el desembolso del crédito",
        source="email",
    ),
    Question(
        "LJ-A-404",
        12,
        "",
        "paper",
        "Permiso para cerrar el balcón con mampara",
        source="counter",
        request_type="works",
    ),
    Question(
        "",
        20,
        "",
        "common",
        "Copia del reglamento interno para la junta",
        project="LJ",
        source="administration",
        requester="board",
    ),
    Question(
        "LJ-B-104",
        14,
        "WCE+5",
        "paper",
        "¿Cuándo sale la partida independizada?",
        source="portal",
        request_type="deed_copy",
    ),
    Question("PA-S-201", 6, "TRA+2:collections", "payment", "Diferencia en la cuota del mes"),
    Question(
        "LJ-B-102",
        50,
        "CLO+2 REA+46",
        "common",
        "Reserva de la zona de parrillas",
        request_type="works",
    ),
    Papers(
        "LJ-A-104",
        4,
        "",
        subject="Constancia de no adeudo para el banco",
        source="portal",
        request_type="no_debt",
    ),
    Papers(
        "LJ-A-202",
        16,
        "PRO+1 WRC+9",
        subject="Copia de la escritura pública",
        source="counter",
        request_type="deed_copy",
    ),
    Papers(
        "LJ-A-302",
        140,
        "PRO+2 CLO+5",
        subject="Constancia de no adeudo",
        source="email",
        request_type="no_debt",
    ),
    NewHolder(
        "LJ-A-304", 11, "", subject="Cambio de titular a una empresa del grupo", source="email"
    ),
    NewHolder("PA-N-202", 9, "RIT+6", subject="Cesión de derechos a un familiar", source="counter"),
    NewHolder(
        "LJ-A-403",
        15,
        "PRO+4",
        subject="Cambio de titular por poder del extranjero",
        source="email",
        requester="p23",
        relation="proxy",
    ),
    Statement("LJ-B-203", 12, "RIT+4", subject="Estado de cuenta al cierre de mes"),
    Statement(
        "LJ-A-401", 65, "PRO+1 CLO+2", subject="Estado de cuenta para auditoría", source="email"
    ),
    Disbursement("PA-S-202", 18, "", subject="Desembolso de la valuación N.° 7"),
    Disbursement("PA-S-102", 9, "PRO+3 WCE+5", subject="Desembolso del aporte inicial"),
)
