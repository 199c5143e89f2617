"""Texts that people wrote on the cases."""

# Notes of changes of state, by form and state; the form "" is for all forms.
NOTES = {
    ("attention", "WRC"): (
        "Se pidió al cliente fotos del problema y copia del acta de entrega.",
        "Faltan fotos nítidas del punto de falla; se le escribió por WhatsApp.",
        "Se solicitó el acta de entrega para confirmar la fecha de la garantía.",
    ),
    ("", "WRC"): ("El documento recibido no está vigente; se pidió uno actualizado.",),
    ("attention", "RIT"): (
        "El cliente envió las fotos por correo; falta que el inspector las revise.",
        "El acta de entrega viene con el mensajero de la caseta de ventas.",
    ),
    ("", "RIT"): ("El cliente entregó los documentos en la sala de ventas; van al área.",),
    ("attention", "PRO"): (
        "Documentos conformes. Se programa la visita de inspección.",
        "El área toma el caso y asigna inspector.",
    ),
    ("", "PRO"): ("Documentos completos y conformes. El área inicia el trámite.",),
    ("attention", "WCE"): (
        "Se derivó al contratista; confirmará la fecha de la reparación.",
        "Material pedido al proveedor, llega en cinco días hábiles.",
        "La garantía corresponde al fabricante: se abrió el reclamo con él.",
    ),
    ("claim", "WCE"): ("Se pidió informe a la empresa concesionaria.",),
    ("request", "WCE"): ("Trámite presentado ante el tercero; queda a la espera del cargo.",),
    ("", "REA"): (
        "El cliente informa que la falla volvió a presentarse.",
        "El cliente pide reconsideración y adjunta el informe de un perito.",
    ),
    ("request", "REA"): ("El cliente tiene una nueva duda sobre la misma consulta.",),
    ("attention", "CLO"): (
        "Trabajo concluido y probado con el cliente.",
        "Reparación terminada; el cliente dio su conformidad en la visita.",
    ),
    ("claim", "CLO"): ("Respuesta enviada al correo que indicó el consumidor.",),
    ("request", "CLO"): ("Documento entregado al cliente.",),
    ("claim", "REJ"): (
        "No procede: el hecho no corresponde a la inmobiliaria. Se envió respuesta motivada.",
    ),
}
REJECTED_BY_CHANGE = "No procede: daño por modificación del propietario, según manual §4."
REJECTED_BY_TERM = "No procede: garantía de acabados vencida; se ofrece presupuesto."
TRANSFERS = {
    "building": "Corresponde a un área común: lo atiende la administración del edificio.",
    "handovers": "Es una observación del acta: la levanta el equipo de Entregas.",
    "legal": "Hay un daño alegado a terceros: requiere opinión legal antes de responder.",
    "collections": "El tema es de pagos: lo revisa Cobranzas con el cronograma del cliente.",
}
SHOWER_SEAL = "Se cambió el sello de silicona de la ducha y se probó 24 h sin filtración."
HINGES = "Se ajustaron bisagras y se cepilló la hoja de la puerta; cliente conforme."
BREAKER = "Se reemplazó el interruptor termomagnético de 20 A y se balancearon circuitos."
WALL = "Se resanó y pintó el muro; fisura superficial por contracción, sin daño estructural."
VALVE = "Se cambió la válvula de control del inodoro (garantía del fabricante)."
TILES = "Se reinstalaron 4 piezas de porcelanato con adhesivo flexible."
NO_DEBT = "Se entregó la constancia de no adeudo por correo."
STAFF = "Se capacitó al personal de caseta y se pidió disculpas al cliente."
# Resolutions by category: the first one whose word is in the subject applies.
RESOLUTIONS = {
    "leak": (
        ("ducha", SHOWER_SEAL),
        ("bañera", SHOWER_SEAL),
        ("baño", SHOWER_SEAL),
        ("", "Se reimpermeabilizó el encuentro y se hizo prueba de agua de 48 h sin humedad."),
    ),
    "plumbing": (
        ("Inodoro", VALVE),
        ("poceta", VALVE),
        ("Terma", "El fabricante cambió el calentador en garantía; presión conforme."),
        ("", "Se cambió la empaquetadura y se probó quince minutos sin goteo."),
    ),
    "door": (
        ("Cerradura", "Se cambió el cilindro de la cerradura y se entregaron dos llaves."),
        ("", HINGES),
    ),
    "floor": (
        ("Zócalo", "Se volvió a fijar el zócalo y se selló la junta."),
        ("", TILES),
    ),
    "wall": (("", WALL),),
    "electric": (("", BREAKER),),
    "staff": (("", STAFF),),
    "paper": (("", NO_DEBT),),
    "payment": (("", "Se envió el estado de cuenta al correo registrado."),),
    "lift": (("", "El fabricante cambió la tarjeta de control; se compensó la cuota del mes."),),
    "tap": (("", "Se cambió la grifería por la marca ofrecida en la memoria descriptiva."),),
    "metal": (("", "Se lijó y repintó la baranda con base epóxica."),),
    "glass": (("", "El proveedor cambió el vidrio templado sin costo."),),
    "parking": (("", "Se reguló el sensor del portón y se reconoció el daño del vehículo."),),
    "common": (("", "Se envió el reglamento de uso y se confirmó la reserva."),),
}
REPORTED = {
    "phone": "Reportado por teléfono.",
    "whatsapp": "Reportado por WhatsApp, con fotos.",
    "email": "Reportado por correo.",
    "portal": "Registrado por el cliente en el portal.",
    "counter": "Reportado en caseta de ventas.",
    "book": "Asentado en el Libro de Reclamaciones.",
    "social": "Mensaje recibido en redes sociales.",
    "letter": "Recibido por carta notarial.",
    "administration": "Informado por la administración del edificio.",
}
WISHES = {
    "attention": "El cliente pide una visita de inspección y la reparación.",
    "claim": "El consumidor pide una respuesta por escrito y la solución del hecho.",
    "request": "Solicita respuesta al correo registrado.",
}
ANSWER = "Estimado cliente: revisamos su caso {number}. {outcome}"
STATEMENT = (
    "La empresa revisó los hechos con el área responsable y comunicó su respuesta al consumidor."
)


def note_for(form, code, position):
    """A note for a change of state; ``position`` chooses among the fitting ones."""
    notes = NOTES.get((form, code)) or NOTES["", code]
    return notes[position % len(notes)]


def resolution_for(category, subject):
    """The resolution of a case."""
    return next(text for word, text in RESOLUTIONS[category] if word in subject)
