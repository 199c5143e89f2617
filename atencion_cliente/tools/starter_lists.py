"""The lists that a property developer starts with: categories, places, claims and requests.

Texts are pairs, Spanish and English, as in ``starter``.
"""

from typing import NamedTuple

from .starter import Text


class Category(NamedTuple):
    """A category of cases, and the words that customers use for it."""

    name: Text
    words: Text


class Group(NamedTuple):
    """A category that holds others. ``element``: of the warranty, empty if it has none."""

    name: Text
    categories: dict[str, Category]
    element: str = ""


GROUPS = {
    "waterproofing": Group(
        Text("Impermeabilización", "Waterproofing"),
        {
            "leak": Category(
                Text("Filtraciones y humedad", "Leaks and damp"),
                Text(
                    "fuga, gotera, goteo, humedad, agua, mancha, moho, lluvia, se moja, se pasa",
                    "leak, drip, damp, water, stain, mould, rain, wet",
                ),
            ),
        },
        "waterproofing",
    ),
    "installations": Group(
        Text("Instalaciones", "Installations"),
        {
            "plumbing": Category(
                Text("Sanitarias (agua y desagüe)", "Plumbing"),
                Text(
                    "tubería, desagüe, cañería, atoro, atasco, inodoro, wáter, poceta, lavadero, "
                    "olor, presión de agua",
                    "pipe, drain, blocked, toilet, sink, smell, water pressure",
                ),
            ),
            "electric": Category(
                Text("Eléctricas", "Electricity"),
                Text(
                    "luz, corriente, enchufe, tomacorriente, interruptor, llave térmica, breaker, "
                    "cortocircuito, salta, chispa, apagón",
                    "light, power, socket, plug, switch, breaker, short circuit, spark, outage",
                ),
            ),
            "gas": Category(
                Text("Gas", "Gas"),
                Text(
                    "olor a gas, fuga de gas, cocina, medidor, terma, calentador, calefón",
                    "smell of gas, gas leak, stove, meter, boiler, heater",
                ),
            ),
            "air": Category(
                Text("Aire acondicionado y ventilación", "Air conditioning and ventilation"),
                Text(
                    "aire acondicionado, climatización, extractor, ducto, no enfría, ruido",
                    "air conditioner, extractor, duct, does not cool, noise",
                ),
            ),
        },
        "installations",
    ),
    "finishes": Group(
        Text("Acabados", "Finishes"),
        {
            "wood": Category(
                Text("Puertas, clósets y muebles", "Doors, closets and cabinets"),
                Text(
                    "puerta, clóset, mueble de cocina, bisagra, cerradura, chapa, llave, cajón, "
                    "roza, no cierra, se hinchó",
                    "door, closet, kitchen cabinet, hinge, lock, key, drawer, does not close",
                ),
            ),
            "metal": Category(
                Text("Carpintería metálica", "Metalwork"),
                Text(
                    "baranda, reja, portón, óxido, oxidado, soldadura",
                    "railing, grille, gate, rust, rusty, weld",
                ),
            ),
            "glass": Category(
                Text("Ventanas y vidrios", "Windows and glass"),
                Text(
                    "ventana, mampara, vidrio roto, vidrio rajado, luna, entra aire, entra ruido",
                    "window, shower screen, broken glass, cracked glass, draught",
                ),
            ),
            "floor": Category(
                Text("Pisos y zócalos", "Floors and skirting"),
                Text(
                    "piso, porcelanato, cerámica, laminado, zócalo, rodapié, suena hueco, "
                    "despegado, levantado",
                    "floor, tile, laminate, skirting, sounds hollow, loose, lifted",
                ),
            ),
            "walls": Category(
                Text("Pintura y revestimientos", "Paint and wall coverings"),
                Text(
                    "pintura, mancha, se descascara, tarrajeo, friso, papel tapiz, mayólica, "
                    "enchape, fragua",
                    "paint, stain, peeling, plaster, wallpaper, wall tile, grout",
                ),
            ),
            "taps": Category(
                Text("Grifería y aparatos sanitarios", "Taps and sanitary ware"),
                Text(
                    "caño, grifo, llave de agua, ducha, regadera, lavamanos, gotea, no cierra bien",
                    "tap, faucet, shower, basin, drips",
                ),
            ),
        },
        "finishes",
    ),
    "structure": Group(
        Text("Estructura", "Structure"),
        {
            "cracks": Category(
                Text("Grietas y fisuras", "Cracks"),
                Text(
                    "grieta, rajadura, fisura, pared, muro, columna, viga, se hunde",
                    "crack, wall, column, beam, sinks",
                ),
            ),
        },
        "structure",
    ),
    "building": Group(
        Text("Edificio", "Building"),
        {
            "common": Category(
                Text("Áreas comunes", "Common areas"),
                Text(
                    "pasillo, lobby, piscina, azotea, gimnasio, jardín, basura, vigilancia",
                    "corridor, lobby, pool, roof terrace, gym, garden, rubbish, security",
                ),
            ),
            "lift": Category(
                Text("Ascensores", "Lifts"),
                Text(
                    "ascensor, elevador, se queda, se para, encerrado",
                    "lift, elevator, stuck, stops, trapped",
                ),
            ),
            "parking": Category(
                Text("Estacionamientos y depósitos", "Parking and storage"),
                Text(
                    "cochera, estacionamiento, garaje, portón, control, depósito, bodega, maletero",
                    "parking, garage, gate, remote control, storage",
                ),
            ),
        },
    ),
    "office": Group(
        Text("Gestión", "Administration"),
        {
            "papers": Category(
                Text("Documentos y trámites", "Papers and formalities"),
                Text(
                    "constancia, minuta, escritura, copia, certificado, registro, partida, plano",
                    "certificate, draft deed, deed, copy, registry, plan",
                ),
            ),
            "payments": Category(
                Text("Pagos y cobranzas", "Payments and collections"),
                Text(
                    "cuota, pago, recibo, factura, deuda, mora, estado de cuenta, cobro, reembolso",
                    "instalment, payment, receipt, invoice, debt, statement, refund",
                ),
            ),
            "dates": Category(
                Text("Plazos de entrega", "Handover dates"),
                Text(
                    "entrega, demora, retraso, fecha, cuándo, llaves",
                    "handover, delay, late, date, when, keys",
                ),
            ),
            "staff": Category(
                Text("Atención del personal", "Service of the staff"),
                Text(
                    "trato, mala atención, demora, no contestan, no responden, grosero",
                    "treatment, bad service, slow, no answer, rude",
                ),
            ),
        },
    ),
}
PLACES = {
    "living": Text("Sala comedor", "Living and dining room"),
    "kitchen": Text("Cocina", "Kitchen"),
    "laundry": Text("Lavandería", "Laundry"),
    "main_bedroom": Text("Dormitorio principal", "Main bedroom"),
    "bedroom": Text("Dormitorio secundario", "Other bedroom"),
    "main_bathroom": Text("Baño principal", "Main bathroom"),
    "bathroom": Text("Baño secundario", "Other bathroom"),
    "guest_toilet": Text("Baño de visitas", "Guest toilet"),
    "balcony": Text("Balcón o terraza", "Balcony or terrace"),
    "entrance": Text("Ingreso y pasillo", "Entrance and corridor"),
    "facade": Text("Fachada", "Façade"),
    "parking": Text("Estacionamiento", "Parking"),
    "storage": Text("Depósito", "Storage"),
    "common": Text("Área común", "Common area"),
}
CLAIM_TYPES = {
    "claim": Text("Reclamo", "Claim"),
    "complaint": Text("Queja", "Complaint"),
}
REQUEST_TYPES = {
    "no_debt": Text("Constancia de no adeudo", "No-debt certificate"),
    "contract_copy": Text("Copia del contrato", "Copy of the contract"),
    "deed_copy": Text("Copia de la escritura", "Copy of the deed"),
    "plans": Text("Planos", "Plans"),
    "holder": Text("Cambio de titular", "Change of holder"),
    "schedule": Text("Cronograma de pagos", "Payment schedule"),
    "prepayment": Text("Adelanto de cuotas", "Early payment of instalments"),
    "works": Text("Autorización de obra", "Permission for works"),
}
REQUEST_DETAILS = {
    "received": Text("Recibida", "Received"),
    "reviewing": Text("En revisión", "Under review"),
    "ready": Text("Lista para entregar", "Ready to hand over"),
    "delivered": Text("Entregada", "Handed over"),
    "observed": Text("Observada", "Sent back"),
}
