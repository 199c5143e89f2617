"""What customers and colleagues write on cases that have no conversation of their own.

``{name}`` is the first name of who asks, ``{number}`` that of the case, ``{subject}`` what it is
about, ``{answer}`` how it ended.
"""

# By form: the first message of a customer who writes.
FIRST = {
    "attention": (
        "Buenos días. Les escribo por esto: {subject}. ¿Cuándo pueden venir a verlo?",
        "Hola, tengo un problema en mi departamento: {subject}. Adjunto fotos en cuanto pueda.",
        "Buenas tardes. {subject}. Está así desde la semana pasada y va a peor.",
        "Les reporto lo siguiente: {subject}. Estoy en casa después de las 4 p. m.",
        "Buenas. {subject}. Lo noté al limpiar; antes no estaba.",
    ),
    "claim": (
        "Presento mi reclamo por lo siguiente: {subject}. Pido una respuesta por escrito.",
        "No estoy conforme: {subject}. Ya lo había dicho por teléfono y no pasó nada.",
    ),
    "request": (
        "Buenos días. {subject}. ¿Qué necesito presentar y cuánto demora?",
        "Hola, les consulto: {subject}. Quedo atento a su respuesta.",
        "Buenas tardes. {subject}. Lo necesito para un trámite, por favor.",
    ),
}
# What the desk notes of a customer who calls or comes.
CALLED = (
    "Llamó {name}: {subject}. Prefiere que la visita sea por la mañana.",
    "Llamó {name}. Dice que {subject}. Se le explicó el plazo y quedó conforme.",
    "Atendido en persona: {subject}. {name} pide que le avisen por WhatsApp.",
    "Llamó {name} por segunda vez hoy. Se le dio el número {number}.",
)
# By form: the acknowledgement.
RECEIVED = {
    "attention": (
        "Buenos días, {name}. Registramos su caso con el número {number}. Mañana le proponemos "
        "una hora para la visita.",
        "Gracias por avisar, {name}. El caso {number} ya está con el área técnica.",
        "Hola, {name}. Recibido con el número {number}. Por favor evite usar esa parte hasta "
        "que la revisemos.",
    ),
    "claim": (
        "{name}, recibimos su reclamo con el número {number}. Le respondemos por escrito "
        "dentro del plazo de ley.",
        "Confirmamos la recepción de su reclamo {number}. Pedimos el informe al área.",
    ),
    "request": (
        "Buenos días, {name}. Su solicitud quedó con el número {number}. Le avisamos apenas esté.",
        "Recibido, {name}: caso {number}. Si falta algún documento se lo decimos hoy.",
    ),
}
# What colleagues write among themselves, by category of services.
INSPECTED = {
    "leak": (
        "Humedad de 28 % en el muro con el higrómetro. El sello de la ducha se ve abierto.",
        "Se hizo prueba de agua 30 minutos: filtra por el encuentro con el piso superior.",
        "La mancha está seca: el vecino de arriba reparó su ducha. Volver a medir en una semana.",
        "Filtra solo con lluvia y viento: revisar el burlete de la mampara y la pendiente.",
    ),
    "plumbing": (
        "Empaquetadura reseca. Llevar juego de repuestos y cinta de teflón.",
        "La presión está en 25 psi; el problema es del punto y no de la red.",
        "Sifón con restos de fragua de la obra. Se destapa en la misma visita.",
        "La válvula es de la marca de la memoria descriptiva: hay repuesto en almacén.",
    ),
    "door": (
        "La hoja roza 3 mm en la parte superior. Se ajustan bisagras y se cepilla.",
        "Cilindro con juego. Se cambia, con dos llaves nuevas para el propietario.",
        "Madera hinchada por humedad del baño: sellar el canto después de cepillar.",
    ),
    "floor": (
        "Suenan huecas seis piezas. Hay cuatro cajas del mismo lote en almacén.",
        "Zócalo sin adhesivo en dos metros. Trabajo de una mañana.",
        "La junta no tiene la separación del plano. Fotos tomadas para el contratista.",
    ),
    "wall": (
        "Fisura de 0,2 mm, superficial. Sin testigo roto en una semana: es retracción.",
        "Se colocó testigo de yeso con fecha. Revisar en siete días.",
        "Sigue la línea del ducto eléctrico: resane con malla y pintura de paño completo.",
    ),
}
# The same for claims and requests.
STUDIED = {
    "claim": (
        "Revisado el expediente de entrega: el acta no menciona el punto. Pedir fotos.",
        "Hablé con el área. Mandan su informe el jueves; preparo el borrador de la respuesta.",
        "El contrato lo prevé en la cláusula de acabados. Coordinar con Legal antes de responder.",
    ),
    "request": (
        "Verificado el pago de las cuotas: está al día.",
        "El documento está en el archivo de la notaría. Lo traen en el próximo envío.",
        "Consultado con Registros: sin observaciones.",
    ),
}
# After a change of state, by its code and form; the form "" is for all forms. The answer of
# the desk, then what the customer writes, if anything.
AFTER = {
    ("WRC", ""): (
        ("{name}, para seguir nos falta un documento. Puede responder aquí y adjuntarlo.",),
        ("Le recordamos, {name}, que esperamos las fotos y el documento que falta.",),
    ),
    ("RIT", ""): (
        ("Recibimos su envío, {name}. Lo revisamos y le confirmamos.",),
        ("Gracias, {name}. Apenas llegue el original seguimos con su caso.",),
    ),
    ("PRO", ""): (("Su caso {number} ya está en proceso, {name}.",),),
    ("WCE", "attention"): (
        ("{name}, el contratista confirma la fecha esta semana. Le aviso por este medio.",),
        ("El repuesto está pedido, {name}. Llega en unos días y coordinamos la visita.",),
    ),
    ("WCE", ""): (("{name}, el trámite está presentado. Depende ahora del tercero.",),),
    ("TRA", ""): (("{name}, otra área sigue con su caso {number}. Ya tiene todo el historial.",),),
    ("REA", ""): (
        ("Lamentamos la molestia, {name}. Reabrimos el caso {number} y lo vemos con prioridad.",),
    ),
    ("CLO", "attention"): (
        ("{name}, su caso {number} quedó resuelto. {answer}", "Quedó bien. Gracias por venir."),
        ("{name}, dimos por concluido el trabajo. {answer}",),
        ("Terminamos, {name}. {answer}", "Conforme, muchas gracias."),
    ),
    ("CLO", ""): (
        ("{name}, respondimos a su caso {number}. {answer}", "Recibido, gracias."),
        ("{name}, su caso {number} está atendido. {answer}",),
    ),
    ("REJ", ""): (
        ("{name}, revisamos su caso {number}. {answer}", "No estoy de acuerdo. Lo voy a pensar."),
        ("{name}, sentimos darle esta respuesta. {answer}",),
    ),
}
