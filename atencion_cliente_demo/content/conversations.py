"""Messages, activities, visits, ratings and notes; a case is named by its subject."""

from typing import NamedTuple

from . import texts

FLOOD = "Rotura de tubería inunda la cocina"
BANK = "Constancia de no adeudo para el banco"
REGISTRY = "¿Cuándo sale la partida independizada?"
BASEMENT = "Filtración en el sótano junto al ascensor"
PENALTY = "Cobro de penalidad no pactada"
KITCHEN = "Vuelve la filtración en el techo de la cocina"
GAS = "Demora en habilitar el gas natural"
BATH = "Filtración por el sello de la bañera"
LATE = "Entrega del departamento fuera de plazo"
RELATIVE = "Cesión de derechos a un familiar"
PAYOUT = "Desembolso de la valuación N.° 7"
SHOWER = "Ducha con goteo permanente"
STAINED = "Piso de la cocina manchado"
VOLTAGE = "Caídas de tensión en el departamento"
ARCHED = "Hoja de la puerta principal arqueada"


class Message(NamedTuple):
    """A message on a case, some days ago; an internal one is a log note."""

    subject: str
    author: str
    age: int
    text: str
    internal: bool = False


MESSAGES = (
    Message(
        FLOOD,
        "p01",
        3,
        "Se rompió la tubería bajo el lavadero y se está inundando la "
        "cocina. Ya cerré la llave general.",
    ),
    Message(
        FLOOD,
        "user_jefe",
        3,
        "Señora Rosa, el inspector llega hoy antes de las 6 p. m. Por "
        "favor mantenga cerrada la llave general.",
    ),
    Message(
        FLOOD,
        "user_agente2",
        2,
        "Se colocó una abrazadera provisional. El contratista cotiza el cambio del tramo.",
        True,
    ),
    Message(FLOOD, "p01", 1, "¿A qué hora vienen mañana? Trabajo hasta la 1 p. m."),
    Message(
        BANK, "p01", 4, "Necesito la constancia para el desembolso del banco. ¿Qué documento falta?"
    ),
    Message(
        BANK,
        "user_gestor",
        3,
        "Solo falta copia de su DNI por ambos lados. Puede adjuntarla aquí mismo.",
    ),
    Message(REGISTRY, "p01", 14, "El banco me pide el número de partida de mi departamento."),
    Message(
        REGISTRY,
        "user_agente",
        9,
        "Estimada Rosa: el título está en calificación en "
        "Registros Públicos. Le avisamos apenas se inscriba.",
    ),
    Message(
        BASEMENT,
        "user_agente2",
        10,
        "La junta de la losa está abierta en unos tres metros. "
        "Se pidió presupuesto al impermeabilizador.",
        True,
    ),
    Message(
        BASEMENT,
        "user_jefe",
        8,
        "Aprobado el presupuesto. Coordinar con el ascensorista antes de picar.",
        True,
    ),
    Message(
        PENALTY,
        "user_legal",
        11,
        "La cláusula 9 no prevé la penalidad cobrada. Preparo la respuesta y la nota de crédito.",
        True,
    ),
    Message(KITCHEN, "p12", 29, "La mancha volvió al mismo sitio, ahora más grande."),
    Message(
        KITCHEN,
        "user_agente",
        28,
        "Gracias por avisar. ¿Nos envía una foto del techo y otra del piso superior?",
    ),
    Message(GAS, "p17", 22, "Llevo un mes cocinando con una hornilla eléctrica. ¿Para cuándo?"),
    Message(
        GAS,
        "user_agente",
        20,
        "La concesionaria reprogramó la prueba de hermeticidad; le "
        "confirmamos la fecha esta semana.",
    ),
    Message(BATH, "p02", 5, "Después de una semana volvió a filtrar hacia el pasillo."),
    Message(
        BATH, "user_agente2", 4, "Revisar también el desagüe: el sello anterior se ve entero.", True
    ),
    Message(
        LATE, "p05", 10, "El contrato decía marzo. Quiero saber la compensación y la nueva fecha."
    ),
    Message(
        RELATIVE,
        "user_gestor",
        3,
        "Llegó la minuta de cesión por courier. Falta cotejar las firmas.",
        True,
    ),
    Message(
        PAYOUT,
        "user_gestor",
        17,
        "Falta el soporte de uso de fondos de la valuación anterior.",
        True,
    ),
    Message(SHOWER, "p21", 7, "El goteo no deja dormir. Puedo recibir la visita por la tarde."),
    Message(STAINED, "p13", 11, "No acepto la respuesta: adjunto el informe de mi perito."),
    Message(
        VOLTAGE,
        "user_agente",
        6,
        "La empresa eléctrica instaló un registrador por siete días.",
        True,
    ),
)


class Activity(NamedTuple):
    """A follow-up, due some days ago; a negative number is in the future.

    It lasts ``days``. What was finished has a feedback, or was ``cancelled``.
    """

    subject: str
    kind: str
    login: str
    age: int
    summary: str
    done: bool = False
    days: int = 0
    progress: int = 0
    priority: str = "1"
    feedback: str = ""
    cancelled: bool = False


ACTIVITIES = (
    Activity(
        FLOOD, "call", "jefe", 0, "Confirmar con la señora Rosa la hora del cambio", priority="3"
    ),
    Activity(BANK, "call", "gestor", -1, "Recordar el DNI pendiente"),
    Activity(
        BASEMENT,
        "todo",
        "agente2",
        -2,
        "Coordinar corte del ascensor con el proveedor",
        days=5,
        progress=40,
    ),
    Activity(
        PENALTY,
        "todo",
        "legal",
        1,
        "Enviar la respuesta a la carta notarial",
        days=4,
        progress=80,
        priority="2",
    ),
    Activity(KITCHEN, "call", "agente", 4, "Pedir de nuevo las fotos del techo"),
    Activity(GAS, "call", "agente", 2, "Pedir fecha a la concesionaria"),
    Activity(BATH, "todo", "agente2", 0, "Inspeccionar el desagüe de la bañera"),
    Activity(
        LATE,
        "todo",
        "agente",
        -3,
        "Preparar la respuesta con la nueva fecha de entrega",
        days=6,
        progress=25,
    ),
    Activity(RELATIVE, "todo", "gestor", -4, "Cotejar firmas de la minuta de cesión"),
    Activity(PAYOUT, "call", "gestor", -1, "Reclamar el soporte de uso de fondos"),
    Activity(SHOWER, "todo", "agente", 0, "Programar la visita del gasfitero"),
    Activity(STAINED, "todo", "agente", -2, "Revisar el informe del perito"),
    Activity(
        ARCHED,
        "call",
        "agente2",
        20,
        "Pedir la hoja al proveedor",
        True,
        feedback="Llega con el próximo embarque; avisan con tres días.",
    ),
    Activity(
        GAS,
        "call",
        "agente",
        30,
        "Consultar el expediente a la concesionaria",
        True,
        feedback="El expediente está completo. Falta la fecha de conexión.",
    ),
    Activity(
        KITCHEN,
        "todo",
        "agente",
        26,
        "Revisar la reparación anterior",
        True,
        days=2,
        feedback="El sello era bueno: el agua entra por la junta de la losa.",
    ),
    Activity(
        FLOOD,
        "todo",
        "agente2",
        2,
        "Colocar abrazadera provisional",
        True,
        priority="3",
        feedback="Colocada. Ya no pierde agua.",
    ),
    Activity(GAS, "call", "agente", 9, "Citar al instalador", cancelled=True, days=1, progress=10),
)


class Visit(NamedTuple):
    """A visit to the unit, some days ago; a negative number is in the future."""

    subject: str
    login: str
    age: int
    hour: int
    reason: str


VISITS = (
    Visit(FLOOD, "agente2", 2, 16, "Inspección y arreglo provisional"),
    Visit(ARCHED, "agente2", 30, 10, "Inspección"),
    Visit(BASEMENT, "agente2", 11, 9, "Inspección"),
    Visit(SHOWER, "agente", -2, 15, "Reparación"),
    Visit(BATH, "agente2", -3, 11, "Inspección del desagüe"),
    Visit(VOLTAGE, "agente", -5, 10, "Lectura del registrador"),
)
# Stars of the satisfaction survey, and what the customer wrote.
RATINGS = (
    (5, "Vinieron al día siguiente y quedó perfecto."),
    (5, "Muy amable el técnico."),
    (4, "Quedó bien, aunque tardaron en confirmar la visita."),
    (5, ""),
    (3, "Tuve que llamar dos veces."),
    (5, "Excelente atención de Daniela."),
    (1, "Demasiada demora para un caño."),
    (4, ""),
    (5, "Solucionado en una sola visita."),
    (2, "El acabado no quedó igual."),
    (5, ""),
    (4, "Todo conforme."),
    (3, ""),
    (5, "Rápidos y limpios."),
    (5, "Gracias por la paciencia."),
    (1, "No estoy de acuerdo con la respuesta."),
    (4, ""),
    (5, "Muy buena coordinación."),
    (4, "Cumplieron con la fecha."),
    (2, "Nadie me avisó del cambio de hora."),
)


class Note(NamedTuple):
    """A note that concerns several cases."""

    name: str
    age: int
    body: str
    subjects: tuple[str, ...]


NOTES = (
    Note(
        "Informe de impermeabilización, Torre A",
        12,
        "El proveedor revisó las bañeras y duchas de la torre: el sello original está vencido.",
        (BATH, SHOWER, "Mancha de humedad en el techo del baño"),
    ),
    Note(
        "Acuerdo con el proveedor de puertas",
        25,
        "Cambia sin costo toda hoja arqueada de los pisos 1 y 2.",
        (ARCHED, "Puerta del dormitorio se abre sola"),
    ),
    Note(
        "Cronograma de la concesionaria de gas",
        8,
        "Pruebas de hermeticidad de la Torre B: dos departamentos por semana.",
        (GAS,),
    ),
)
# Name, text, category and problem of each reusable solution.
SOLUTIONS = (
    (
        "Filtración por el sello de la ducha",
        texts.SHOWER_SEAL,
        "leak",
        "Humedad en el muro o techo contiguo a la ducha.",
    ),
    ("Puerta que roza o no cierra", texts.HINGES, "door", "La hoja roza el marco o el piso."),
    ("Interruptor que se dispara", texts.BREAKER, "electric", "Salta la llave de un circuito."),
    ("Fisura superficial en muro", texts.WALL, "wall", "Fisura fina en muro o dintel."),
    ("Inodoro que no corta el agua", texts.VALVE, "plumbing", "El tanque descarga o carga mal."),
    ("Porcelanato soplado o suelto", texts.TILES, "floor", "Piezas huecas o levantadas."),
    (
        "Daño por modificación del propietario",
        texts.REJECTED_BY_CHANGE,
        "",
        "El daño viene de una obra posterior a la entrega.",
    ),
    (
        "Garantía de acabados vencida",
        texts.REJECTED_BY_TERM,
        "floor",
        "Desgaste o daño después del plazo de acabados.",
    ),
    ("Constancia de no adeudo", texts.NO_DEBT, "paper", "El cliente la necesita para el banco."),
    ("Queja por trato del personal", texts.STAFF, "staff", "Demora o trato en caseta."),
)
