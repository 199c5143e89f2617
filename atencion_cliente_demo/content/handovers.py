"""The items that are checked at handovers, and the checklist of the last handover."""

from typing import NamedTuple

from .cases import PLANS

UNIT = "LJ-B-104"
# An observation at the parking, without a case.
LOOSE = "El número pintado no coincide con el del contrato."


class Item(NamedTuple):
    """An item of the checklist; ``kind`` is empty for all kinds of unit."""

    name: str
    category: str = ""
    kind: str = ""


ITEMS = {
    "walls": Item("Muros, cielos rasos y dinteles", "wall", "apartment"),
    "paint": Item("Pintura", "paint"),
    "floors": Item("Pisos y zócalos", "floor", "apartment"),
    "doors": Item("Puertas, cerraduras y clósets", "door", "apartment"),
    "windows": Item("Ventanas y mamparas", "glass", "apartment"),
    "plumbing": Item("Grifería, desagües y presión de agua", "plumbing", "apartment"),
    "electric": Item("Tablero, tomacorrientes e interruptores", "electric", "apartment"),
    "gas": Item("Instalación de gas y ventilación", "gas", "apartment"),
    "place": Item("Ubicación, numeración y medidas", "parking", "parking"),
    "keys": Item("Llaves y controles entregados"),
    "meters": Item("Lectura de medidores de luz y agua", "", "apartment"),
}


def load(book):
    book.company.atencion_handover_type_id = book["type_handover"]
    book.add(
        "atencion.handover.item",
        {
            f"handover_item_{key}": {
                "name": item.name,
                "sequence": 10 * position,
                "kind": item.kind,
                "category_id": book.id_of(item.category and f"category_{item.category}"),
            }
            for position, (key, item) in enumerate(ITEMS.items(), start=1)
        },
    )
    contract = book[f"contract_{UNIT}"]
    contract.action_load_handover_checklist()
    contract.handover_check_ids.result = "conforming"
    cases = {
        plan.category: (book[key], plan.subject)
        for key, plan in PLANS.items()
        if plan.case_type == "handover" and plan.unit == UNIT
    }
    for key, item in ITEMS.items():
        checks = contract.handover_check_ids.filtered(
            lambda check, key=key: check.item_id == book[f"handover_item_{key}"]
        )
        if item.category in cases:
            case, subject = cases[item.category]
            checks.write({"result": "observed", "observation": subject})
            checks._write_checked({"case_id": case.id})
        elif item.kind == "parking":
            checks.write({"result": "observed", "observation": LOOSE})
    book.keep(
        {
            f"handover_check_{position}": check
            for position, check in enumerate(contract.handover_check_ids, start=1)
        }
    )
