"""Two projects, sixty units and forty contracts."""

from datetime import timedelta
from typing import NamedTuple

from odoo import Command

# Name, floors and flats per floor of each tower, by its letter.
TOWERS = {
    "LJ": {"A": ("Torre A", 4, 4), "B": ("Torre B", 4, 4)},
    "PA": {"N": ("Torre Norte", 4, 2), "S": ("Torre Sur", 4, 2)},
}
PARKINGS = 4
STORAGES = 2
FLAT_AREAS = (62.5, 74.0, 78.4, 91.2)


class Contract(NamedTuple):
    """A contract, named by its flat.

    ``handover`` and ``sale``: how many days ago. ``share``: of the first holder, in percent,
    if there is a second one.
    """

    unit: str
    holder: str
    state: str
    sale: int
    handover: int | None = None
    more_units: tuple[str, ...] = ()
    second_holder: str = ""
    share: int = 100


# P09 has six and P15 five; of the other eighteen buyers eleven have two and seven one.
CONTRACTS = (
    Contract("LJ-A-101", "p09", "delivered", 1880, 1500, ("LJ-E-01", "LJ-D-01")),
    Contract("LJ-A-102", "p02", "delivered", 1610, 1180),
    Contract("LJ-A-103", "p09", "delivered", 1240, 860),
    Contract("PA-N-101", "p15", "delivered", 1010, 620),
    Contract("LJ-A-104", "p01", "delivered", 790, 430, ("LJ-E-02",)),
    Contract("LJ-A-201", "p03", "delivered", 775, 425),
    Contract("PA-N-102", "p11", "delivered", 760, 420, ("PA-E-01",), "p12", 50),
    Contract("LJ-A-202", "p04", "delivered", 742, 410),
    Contract("LJ-A-203", "p09", "delivered", 733, 395),
    Contract("LJ-A-204", "p05", "delivered", 701, 360),
    Contract("LJ-A-301", "p06", "delivered", 684, 335),
    Contract("LJ-A-302", "p07", "delivered", 660, 310, (), "p21", 50),
    Contract("PA-N-201", "p15", "delivered", 648, 300, ("PA-D-01",)),
    Contract("LJ-A-303", "p08", "delivered", 619, 280, ("LJ-E-03",)),
    Contract("LJ-A-304", "p09", "delivered", 602, 250),
    Contract("PA-N-202", "p12", "delivered", 588, 230),
    Contract("LJ-A-401", "p10", "delivered", 571, 215, ("LJ-D-02",)),
    Contract("LJ-A-402", "p02", "delivered", 540, 190, (), "p21", 60),
    Contract("LJ-A-403", "p16", "delivered", 522, 165),
    Contract("PA-N-301", "p13", "delivered", 505, 150),
    Contract("LJ-A-404", "p03", "delivered", 497, 140),
    Contract("PA-N-302", "p15", "delivered", 470, 120),
    Contract("LJ-B-101", "p17", "delivered", 455, 110),
    Contract("LJ-B-102", "p04", "delivered", 431, 85),
    Contract("PA-N-401", "p14", "delivered", 419, 75),
    Contract("LJ-B-103", "p18", "delivered", 402, 60),
    Contract("PA-S-101", "p13", "delivered", 380, 45, ("PA-E-02",), "p14", 50),
    Contract("LJ-B-104", "p01", "delivered", 355, 20, ("LJ-E-04",)),
    Contract("LJ-B-201", "p05", "deed", 330),
    Contract("LJ-B-202", "p06", "deed", 301),
    Contract("PA-S-102", "p11", "deed", 274),
    Contract("LJ-B-203", "p07", "deed", 252),
    Contract("LJ-B-204", "p08", "deed", 221),
    Contract("PA-S-201", "p12", "deed", 198),
    Contract("LJ-B-301", "p19", "draft_deed", 120),
    Contract("LJ-B-302", "p09", "draft_deed", 94),
    Contract("PA-S-202", "p15", "draft_deed", 71),
    Contract("LJ-B-303", "p20", "draft_deed", 45),
    Contract("LJ-B-304", "p09", "quotation", 18),
    Contract("PA-N-402", "p15", "quotation", 7),
)
_CONTRACT_OF = {
    unit: contract for contract in CONTRACTS for unit in (contract.unit, *contract.more_units)
}


def load(book):
    book.add("atencion.project", _projects(book))
    book.add("atencion.block", _blocks(book))
    book.add("atencion.unit", _units(book))
    for contract in CONTRACTS:
        # Parking and storage of a contract are annexed to its flat.
        for annex in contract.more_units:
            book[annex].main_unit_id = book[contract.unit]
    book.add("atencion.contract", _contracts(book))
    book.add("atencion.representative", _representatives(book))


def _representatives(book):
    """Who acts in Peru for a buyer who lives in Chile."""
    return {
        "power_LJ-A-403": {
            "contract_id": book["contract_LJ-A-403"].id,
            "principal_id": book["p16"].id,
            "partner_id": book["p23"].id,
            "right": "sign",
            "date_from": book.day(500),
        }
    }


def contract_of(unit):
    """The key of the contract of a unit, empty without a contract."""
    contract = _CONTRACT_OF.get(unit)
    return f"contract_{contract.unit}" if contract else ""


def handover_age(unit):
    """How many days ago a unit was handed over; None if it has not been."""
    contract = _CONTRACT_OF.get(unit)
    return contract.handover if contract else None


def _projects(book):
    return {
        "LJ": {
            "name": "Residencial Los Jardines",
            "code": "LJ",
            "company_id": book.company.id,
            "promoter_id": book.company.partner_id.id,
            "city": "Santiago de Surco, Lima",
            "country_id": book.ref("base.pe").id,
            "reception_date": book.day(1540),
        },
        "PA": {
            "name": "Conjunto Parque Ávila",
            "code": "PA",
            "company_id": book.company.id,
            "promoter_id": book["p15"].id,
            "city": "Caracas",
            "country_id": book.ref("base.ve").id,
            "reception_date": book.day(660),
            "trust_reference": "Fideicomiso Demo 001",
        },
    }


def _blocks(book):
    return {
        f"{project}-{letter}": {"name": name, "project_id": book[project].id}
        for project, towers in TOWERS.items()
        for letter, (name, _floors, _flats) in towers.items()
    }


def _units(book):
    units = {}
    for project, towers in TOWERS.items():
        for letter, (_name, floors, flats) in towers.items():
            for floor in range(1, floors + 1):
                for flat in range(1, flats + 1):
                    number = f"{floor}{flat:02d}"
                    units[f"{project}-{letter}-{number}"] = {
                        "name": f"Dpto. {number}",
                        "kind": "apartment",
                        "block_id": book[f"{project}-{letter}"].id,
                        "floor": str(floor),
                        "area_m2": FLAT_AREAS[flat - 1],
                    }
        units |= _annexes(book, project)
    return {code: {"code": code} | values for code, values in units.items()}


def _annexes(book, project):
    """The parkings and storages of a project, in its basement."""
    kinds = (
        ("E", "Estacionamiento", "parking", PARKINGS, 12.5),
        ("D", "Depósito", "storage", STORAGES, 4.8),
    )
    return {
        f"{project}-{letter}-{number:02d}": {
            "name": f"{name} {number}",
            "kind": kind,
            "project_id": book[project].id,
            "floor": "Sótano",
            "area_m2": area,
        }
        for letter, name, kind, count, area in kinds
        for number in range(1, count + 1)
    }


def _contracts(book):
    """Values by key. Contracts are numbered in the order of their sale."""
    by_sale = sorted(CONTRACTS, key=lambda contract: -contract.sale)
    return {
        f"contract_{contract.unit}": {
            "name": f"CT-{book.day(contract.sale).year}-{number:04d}",
            "company_id": book.company.id,
            "unit_ids": [Command.set(book.ids_of((contract.unit, *contract.more_units)))],
            "holder_ids": _holders(book, contract),
            "state": contract.state,
            "sale_date": book.day(contract.sale),
            "handover_date": contract.handover and book.day(contract.handover),
        }
        for number, contract in enumerate(by_sale, start=1)
    }


def _holders(book, contract):
    shares = [(contract.holder, contract.share)]
    if contract.second_holder:
        shares.append((contract.second_holder, 100 - contract.share))
    return [
        Command.create(
            {
                "partner_id": book[partner].id,
                "share": share,
                "sequence": 10 * position,
                "date_from": book.today - timedelta(days=contract.sale),
            }
        )
        for position, (partner, share) in enumerate(shares, start=1)
    ]
