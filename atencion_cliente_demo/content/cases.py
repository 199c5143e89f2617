"""The 120 cases, created by the methods of the application at past moments."""

from odoo import Command
from odoo.tools import groupby

from . import texts
from .cases_office import CLAIMS, REQUESTS
from .cases_service import SERVICES
from .estate import contract_of, handover_age
from .people import REPRESENTATIVES, STRANGERS
from .service import AREAS, PLACES, SOURCES, TYPES

PLANS = {
    f"case_{number:03d}": plan for number, plan in enumerate(SERVICES + CLAIMS + REQUESTS, start=1)
}
POSITION = {key: position for position, key in enumerate(PLANS)}
YEAR = 365
# State of the documents of cases that do not wait for them any more.
SHEET = "atencion.case.sheet"
ARRIVED = "received"
REJECTED = {"state": "rejected", "reason": "No está vigente."}


def load(book):
    """Create the cases, numbered in the order of their reception; their keys in this order."""
    received = {key: _received_at(book, key) for key in PLANS}
    keys = sorted(PLANS, key=received.get)
    for year, group in groupby(keys, key=lambda key: book.day(PLANS[key].age).year):
        _create(book, list(group), received, year)
    _receive_documents(book)
    return keys


def outcome(plan):
    """The answer of a closed case."""
    last = plan.steps()[-1]
    if last.code == "CLO":
        return texts.resolution_for(plan.category, plan.subject)
    return note_of(plan, last, 0)


def note_of(plan, step, turn):
    """The note of a change of state; ``turn`` chooses among the fitting ones."""
    if step.area:
        return texts.TRANSFERS[step.area]
    form = TYPES[plan.case_type].form
    if step.code == "REJ" and form == "attention":
        handover = handover_age(plan.unit)
        expired = handover is not None and handover >= plan.age + YEAR
        return texts.REJECTED_BY_TERM if expired else texts.REJECTED_BY_CHANGE
    return texts.note_for(form, step.code, turn)


def in_first_year(plan):
    """Whether a case was requested within a year of the handover of its unit."""
    handover = handover_age(plan.unit)
    return handover is not None and plan.age <= handover < plan.age + YEAR


def _received_at(book, key):
    """A moment between 8:00 and 18:00, the same for all cases of a requirement sheet."""
    plan = PLANS[key]
    place = ord(plan.sheet) if plan.sheet else POSITION[key]
    return book.moment(book.day(plan.age), 8 * 60 + place * 37 % 600)


# -----------------------------------------------------------------------------
# Creation
# -----------------------------------------------------------------------------


def _create(book, keys, received, year):
    """Create the cases of one year, with numbers of that year, as an agent."""
    desk = book["user_agente"]
    Case = (
        book.env["atencion.case"]
        .with_user(desk)
        .sudo()
        .with_context(ir_sequence_date=f"{year}-01-01")
    )
    sheets = list(dict.fromkeys(PLANS[key].sheet or key for key in keys))
    numbers = Case._draw_numbers(book.company, {SHEET: len(sheets)})[SHEET]
    number_of = dict(zip(sheets, numbers, strict=True))
    cases = Case._create_checked(
        [
            _values(book, key)
            | {
                "received_at": received[key],
                "sheet_number": number_of[PLANS[key].sheet or key],
            }
            for key in keys
        ]
    ).with_env(book.env)
    book.keep(dict(zip(keys, cases, strict=True)))
    first_of = {}
    for key in keys:
        first = first_of.setdefault(PLANS[key].sheet or key, book[key])
        if first != book[key]:
            book[key].origin_id = first


def _values(book, key):
    plan = PLANS[key]
    case_type = TYPES[plan.case_type]
    source = source_of(plan)
    reported = texts.REPORTED[source]
    subject = plan.subject if plan.subject.endswith("?") else f"{plan.subject}."
    return (
        {
            "company_id": book.company.id,
            "subject": plan.subject,
            "description": f"<p>{subject} {reported}</p><p>{texts.WISHES[case_type.form]}</p>",
            "type_id": book[f"type_{plan.case_type}"].id,
            "category_id": book[f"category_{plan.category}"].id,
            "priority": plan.priority,
            "source_id": _source_id(book, source),
            "unit_id": book.id_of(plan.unit),
            "place_id": book.id_of(_place(plan)),
            "contract_id": book.id_of(contract_of(plan.unit)),
            "project_id": book.id_of(plan.project or plan.unit[:2]),
            "user_id": book.id_of(assignee(plan, case_type.area, POSITION[key])),
            "stage_note": reported,
            "expected_date": _expected_date(book, plan),
            "is_confidential": plan.confidential,
        }
        | _requester(book, plan)
        | _form_values(book, plan, case_type.form)
        | _documents(plan)
    )


def source_of(plan):
    """The channel by which a case came."""
    if plan.source:
        return plan.source
    return "whatsapp" if plan.age % 3 else "phone"


def _source_id(book, source):
    own = source in SOURCES
    record = book[f"source_{source}"] if own else book.ref(f"atencion_cliente.source_{source}")
    return record.id


def _place(plan):
    """The key of the place that the subject of a repair names; empty without one."""
    if TYPES[plan.case_type].form != "attention":
        return ""
    subject = plan.subject.lower()
    return next((f"place_{key}" for key, (_name, part) in PLACES.items() if part in subject), "")


def assignee(plan, area, position):
    """The key of the assignee: members of the area take turns."""
    if plan.user == "-":
        return ""
    members = AREAS[area].members
    return f"user_{plan.user or members[position % len(members)]}"


def _expected_date(book, plan):
    """The date that a contractor promised, for a case that waits for one."""
    return book.day(-3 - plan.age % 5) if plan.route.startswith("WCE") else False


def _requester(book, plan):
    """The requester: the holder, a person related to the unit, or a representative."""
    if plan.requester in STRANGERS:
        return _typed(*STRANGERS[plan.requester])
    if plan.requester:
        return {"requester_id": book[plan.requester].id, "requester_relation": plan.relation}
    holder = book[contract_of(plan.unit)].partner_id
    representatives = {book[key]: person for key, person in REPRESENTATIVES.items()}
    if holder not in representatives:
        return {"requester_id": holder.id, "requester_relation": "holder"}
    firstname, lastname, function = representatives[holder]
    person = _typed(firstname, lastname, "proxy", holder.phone)
    return person | {"requester_function": function, "requester_email": holder.email}


def _typed(firstname, lastname, relation, phone):
    """A requester who is not registered."""
    return {
        "requester_firstname": firstname,
        "requester_lastname": lastname,
        "requester_relation": relation,
        "requester_phone": phone,
    }


def _form_values(book, plan, form):
    """The values that only claims, or only requests, have."""
    if form == "claim":
        unit = book[plan.unit].display_name if plan.unit else ""
        return {
            "claim_type_id": book[f"claim_type_{plan.case_type}"].id,
            "good_type": "product" if plan.case_type == "claim" else "service",
            "good_description": unit or "Atención en la sala de ventas",
            "legal_user_id": book.id_of("user_legal" if plan.case_type == "claim" else ""),
        }
    if form == "request" and plan.request_type:
        final = (plan.steps() or [None])[-1]
        detail = {"CLO": "delivered", "WRC": "observed"}.get(final and final.code, "reviewing")
        return {
            "request_type_id": book[f"request_type_{plan.request_type}"].id,
            "request_detail_id": book[f"request_detail_{detail}"].id,
        }
    return {}


def _documents(plan):
    """A document added by an agent, for a waiting case whose type requires none."""
    case_type = TYPES[plan.case_type]
    if "WRC" not in plan.route or case_type.documents or case_type.extras:
        return {}
    return {
        "document_ids": [Command.create({"name": "Fotos de la observación", "mandatory": False})]
    }


def _receive_documents(book):
    """Set the documents of cases that never waited for them to received."""
    prompt = [
        book[key].id
        for key, plan in PLANS.items()
        if "WRC" not in plan.route and not TYPES[plan.case_type].documents
    ]
    documents = book.env["atencion.case.document"].search([("case_id", "in", prompt)])
    for case, lines in documents.grouped("case_id").items():
        lines._at(case.received_at).state = ARRIVED
