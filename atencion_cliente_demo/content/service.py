"""The settings of the service: areas, roles, types, categories and the other lists."""

from typing import NamedTuple

from odoo import Command


class Area(NamedTuple):
    """A service area: its manager, its members, and the users it notifies.

    Members solve the cases of the area; the first one is the usual assignee.
    """

    name: str
    manager: str
    members: tuple[str, ...]
    alerts: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()


AREAS = {
    "repairs": Area("Postventa Técnica", "jefe", ("agente", "agente2"), ("jefe",), ("agente2",)),
    "care": Area("Atención al Cliente", "supervisor", ("agente", "gestor"), ("supervisor",)),
    "legal": Area("Legal", "legal", ("legal",), ("legal",), ("legal",)),
    "collections": Area("Cobranzas", "supervisor", ("gestor",), ("gestor",)),
    "handovers": Area("Entregas", "jefe", ("agente2",), ("agente2",)),
    "deeds": Area("Escrituración y Registros", "legal", ("gestor",), ("gestor",)),
    "trusts": Area("Fideicomisos", "supervisor", ("gestor",), ("gestor",)),
    "building": Area("Administración de Edificio", "jefe", ("agente2",), ("agente2",)),
}
# One role has an archived user, and one has no user, to show how escalation handles both.
ROLES = {
    "Coordinador de Postventa": ("jefe", "agente2"),
    "Jefe de Atención al Cliente": ("supervisor",),
    "Gerente de Proyecto": ("jefe", "antiguo"),
    "Asesor Legal": ("legal",),
    "Gerente General": ("supervisor",),
    "Oficial de Fideicomisos": (),
}


class CaseType(NamedTuple):
    """A case type; ``days`` is None without a limit in days, ``hours`` without one in hours.

    ``documents``: names of the mandatory documents. ``extras``: of the optional ones.
    ``of_proxies``: of those that are mandatory for proxies. ``due``: days until they are due.
    """

    name: str
    form: str
    days: int | None
    area: str
    mode: str = "calendar"
    warn: int = 0
    documents: tuple[str, ...] = ()
    extras: tuple[str, ...] = ()
    of_proxies: tuple[str, ...] = ()
    due: int = 0
    hours: int | None = None


TYPES = {
    "repair": CaseType(
        "Atención postventa",
        "attention",
        7,
        "repairs",
        warn=2,
        extras=("Fotos del problema", "Acta de entrega"),
    ),
    "emergency": CaseType("Emergencia", "attention", 1, "repairs"),
    "handover": CaseType("Observación de entrega", "attention", 15, "handovers", warn=3),
    "claim": CaseType(
        "Reclamo", "claim", 15, "care", "working", 3, extras=("Sustento del reclamo",)
    ),
    "complaint": CaseType("Queja", "claim", 15, "care", "working", 3),
    "papers": CaseType(
        "Solicitud documentaria",
        "request",
        5,
        "deeds",
        warn=1,
        documents=("DNI del solicitante",),
        of_proxies=("Poder del apoderado",),
        due=3,
    ),
    "new_holder": CaseType(
        "Cambio de titular",
        "request",
        20,
        "deeds",
        warn=5,
        documents=(
            "DNI o cédula de ambas partes",
            "Carta simple de solicitud",
            "Minuta de cesión",
            "Constancia de no adeudo",
        ),
        of_proxies=("Poder del apoderado",),
        due=10,
    ),
    "statement": CaseType(
        "Estado de cuenta", "request", 2, "collections", documents=("DNI del titular",)
    ),
    "disbursement": CaseType(
        "Desembolso de fideicomiso",
        "request",
        10,
        "trusts",
        "working",
        2,
        documents=(
            "Planilla de desembolso",
            "Cédula de identidad",
            "RIF",
            "Soporte de uso de fondos",
            "Constancia bancaria",
        ),
        due=5,
    ),
    "question": CaseType("Consulta", "request", None, "care"),
    "gas": CaseType("Emergencia (gas, agua, ascensor)", "attention", None, "repairs", hours=2),
}
# Sources in addition to those of the application.
SOURCES = {
    "book": "Libro de Reclamaciones",
    "social": "Redes sociales",
    "letter": "Carta notarial",
    "administration": "Administración",
}
# Groups of categories with different warranty elements, and their categories.
CATEGORIES = {
    "Impermeabilización": {"leak": "Filtraciones y humedad"},
    "Instalaciones": {
        "plumbing": "Sanitario y gasfitería",
        "electric": "Eléctrico",
        "gas": "Gas",
    },
    "Acabados": {
        "door": "Carpintería de madera (puertas y clósets)",
        "metal": "Carpintería metálica",
        "glass": "Vidrios y ventanas",
        "floor": "Pisos y zócalos",
        "paint": "Pintura y tarrajeo",
        "tiles": "Enchapes y mayólicas",
        "tap": "Grifería y aparatos",
    },
    "Estructura": {"wall": "Muros y fisuras"},
    "Edificio": {
        "common": "Áreas comunes",
        "lift": "Ascensores",
        "parking": "Estacionamientos",
    },
    "Gestión": {
        "paper": "Documentos y trámites",
        "payment": "Pagos y cobranzas",
        "staff": "Atención del personal",
    },
}
# Warranty element of each covered group.
ELEMENTS = {
    "Impermeabilización": "waterproofing",
    "Instalaciones": "installations",
    "Acabados": "finishes",
    "Estructura": "structure",
}
# Customers' words by category.
KEYWORDS = {
    "leak": "fuga, gotera, goteo, humedad, agua, mancha, moho, baño, lluvia, se moja",
    "plumbing": "caño, tubería, desagüe, atoro, inodoro, wáter, poceta, lavadero, olor, presión",
    "electric": "luz, corriente, enchufe, tomacorriente, llave térmica, cortocircuito, salta",
    "gas": "olor a gas, cocina, medidor, terma",
    "door": "puerta, clóset, bisagra, cerradura, chapa, llave, roza, no cierra",
    "metal": "baranda, reja, óxido, oxidado",
    "glass": "ventana, mampara, vidrio rajado, luna",
    "floor": "piso, porcelanato, laminado, zócalo, cerámica, suena hueco, despegado",
    "paint": "pintura, mancha, descascara, tarrajeo",
    "tiles": "mayólica, enchape, fragua",
    "tap": "caño, grifo, llave de agua, ducha, gotea",
    "wall": "pared, grieta, rajadura, fisura, muro",
    "common": "pasillo, piscina, lobby, azotea, áreas comunes",
    "lift": "ascensor, elevador, se queda",
    "parking": "cochera, estacionamiento, portón",
    "paper": "constancia, minuta, escritura, copia, trámite, certificado",
    "payment": "cuota, pago, recibo, deuda, estado de cuenta, cobro",
    "staff": "trato, demora, mala atención, no contestan",
}
# Places in a unit: the name, and a part of the subjects of the cases there. The first that fits
# counts.
PLACES = {
    "guest_bathroom": ("Baño de visita", "de visita"),
    "service_bathroom": ("Baño de servicio", "baño de servicio"),
    "main_bathroom": ("Baño principal", "baño"),
    "kitchen": ("Cocina", "cocina"),
    "laundry": ("Lavandería", "lavander"),
    "main_bedroom": ("Dormitorio principal", "dormitorio principal"),
    "second_bedroom": ("Dormitorio secundario", "dormitorio"),
    "sitting_room": ("Sala", "la sala"),
    "dining_room": ("Comedor", "comedor"),
    "study": ("Estudio", "estudio"),
    "balcony": ("Balcón", "balcón"),
    "terrace": ("Terraza", "la terraza"),
    "corridor": ("Pasillo", "pasillo"),
    "front_door": ("Ingreso", "puerta principal"),
    "car_park": ("Estacionamiento", "estacionamiento"),
}
CLAIM_TYPES = {"claim": "Reclamo", "complaint": "Queja"}
REQUEST_TYPES = {
    "no_debt": "Constancia de no adeudo",
    "minute_copy": "Copia de minuta",
    "deed_copy": "Copia de escritura",
    "plans": "Planos",
    "holder": "Cambio de titular",
    "advance": "Adelanto de cuotas",
    "works": "Autorización de obra",
    "property": "Carta de propiedad",
}
REQUEST_DETAILS = {
    "received": "Recibida",
    "reviewing": "En revisión",
    "ready": "Lista para entregar",
    "delivered": "Entregada",
    "observed": "Observada",
}


def load(book):
    hours = book.add("resource.calendar", {"hours_caracas": _trust_hours(book)})
    book.add("atencion.area", _areas(book, hours))
    book.add(
        "res.role",
        {
            f"role_{position}": {
                "name": name,
                "user_ids": [Command.set(_user_ids(book, logins))],
            }
            for position, (name, logins) in enumerate(ROLES.items(), start=1)
        },
    )
    book.add("atencion.case.type", _types(book))
    _load_categories(book)
    for model, prefix, names in (
        ("atencion.source", "source", SOURCES),
        ("atencion.place", "place", {key: name for key, (name, _part) in PLACES.items()}),
        ("atencion.claim.type", "claim_type", CLAIM_TYPES),
        ("atencion.request.type", "request_type", REQUEST_TYPES),
        ("atencion.request.detail", "request_detail", REQUEST_DETAILS),
    ):
        first = 60 if model == "atencion.source" else 10
        book.add(
            model,
            {
                f"{prefix}_{key}": {"name": name, "sequence": first + 10 * position}
                for position, (key, name) in enumerate(names.items())
            },
        )


def load_notifications(book):
    """Set the managers of the areas, and the users that they notify."""
    for key, area in AREAS.items():
        notified = dict.fromkeys((*area.alerts, *area.tasks))
        book[f"area_{key}"].write(
            {
                "manager_id": book[f"user_{area.manager}"].id,
                "notification_ids": [
                    Command.create(
                        {
                            "user_id": book[f"user_{login}"].id,
                            "notify_alert": login in area.alerts,
                            "notify_task": login in area.tasks,
                        }
                    )
                    for login in notified
                ],
            }
        )


def _trust_hours(book):
    return {
        "name": "Fideicomisos, Caracas",
        "company_id": book.company.id,
        "tz": "America/Caracas",
    }


def _areas(book, trust_hours):
    return {
        f"area_{key}": {
            "name": area.name,
            "sequence": 10 * position,
            "company_id": book.company.id,
            "member_ids": [Command.set(_user_ids(book, area.members))],
            "resource_calendar_id": trust_hours.id if key == "trusts" else False,
        }
        for position, (key, area) in enumerate(AREAS.items(), start=1)
    }


def _types(book):
    return {
        f"type_{key}": {
            "name": case_type.name,
            "sequence": 10 * position,
            "company_id": book.company.id,
            "form": case_type.form,
            "has_limit": case_type.days is not None or case_type.hours is not None,
            "limit_unit": "days" if case_type.hours is None else "hours",
            "max_days": case_type.days or 0,
            "max_hours": case_type.hours or 0,
            "count_mode": case_type.mode,
            "warn_days": case_type.warn,
            "area_id": book[f"area_{case_type.area}"].id,
            "requirement_ids": [
                Command.create(
                    {
                        "name": name,
                        "mandatory": name not in case_type.extras,
                        "relation": "proxy" if name in case_type.of_proxies else False,
                        "due_days": case_type.due,
                    }
                )
                for name in (*case_type.documents, *case_type.of_proxies, *case_type.extras)
            ],
        }
        for position, (key, case_type) in enumerate(TYPES.items(), start=1)
    }


def _load_categories(book):
    groups = book.add(
        "atencion.case.category",
        {
            f"category_group_{position}": {"name": name, "element_id": _element_id(book, name)}
            for position, name in enumerate(CATEGORIES, start=1)
        },
    )
    book.add(
        "atencion.case.category",
        {
            f"category_{key}": {
                "name": name,
                "parent_id": group.id,
                "keywords": KEYWORDS[key],
            }
            for group, names in zip(groups, CATEGORIES.values(), strict=True)
            for key, name in names.items()
        },
    )


def _element_id(book, group):
    element = ELEMENTS.get(group)
    return element and book.ref(f"atencion_cliente.warranty_element_{element}").id


def _user_ids(book, logins):
    return book.ids_of(f"user_{login}" for login in logins)
