"""The buyers and other parties, and the users of the demo database.

Documents and phones are valid but of low, invented ranges; mail goes to example.com,
which nobody owns. Each user's password is the login.
"""

from typing import NamedTuple

from odoo import Command


class Party(NamedTuple):
    """A customer, a person related to a customer, or a contractor."""

    name: str
    country: str
    document: str
    phone: str
    is_company: bool = False
    function: str = ""


PARTIES = {
    "p01": Party("Rosa Quispe Huamán", "pe", "00000101", "+51900000101"),
    "p02": Party("Luis Alberto Paredes Soto", "pe", "00000102", "+51900000102"),
    "p03": Party("María Elena Castro Ríos", "pe", "00000103", "+51900000103"),
    "p04": Party("Jorge Salazar Vera", "pe", "00000104", "+51900000104"),
    "p05": Party("Ana Lucía Torres Chávez", "pe", "00000105", "+51900000105"),
    "p06": Party("Carlos Mendoza Flores", "pe", "00000106", "+51900000106"),
    "p07": Party("Patricia Rojas Luna", "pe", "00000107", "+51900000107"),
    "p08": Party("Miguel Ángel Vargas Tello", "pe", "00000108", "+51900000108"),
    "p09": Party("Inversiones Los Andes Demo S.A.C.", "pe", "20000001016", "+5110000101", True),
    "p10": Party("Agrícola Valle Norte Demo E.I.R.L.", "pe", "20000001024", "+5110000102", True),
    "p11": Party("José Gregorio Pérez Blanco", "ve", "V-00000101-1", "+584140000101"),
    "p12": Party("Yelitza Carolina Rondón", "ve", "V-00000102-0", "+584140000102"),
    "p13": Party("Andreína Salas Moreno", "ve", "V-00000103-8", "+584140000103"),
    "p14": Party("Luis Eduardo Márquez", "ve", "E-00000104-2", "+584140000104"),
    "p15": Party("Constructora Ávila Demo, C.A.", "ve", "J-00000101-4", "+582120000101", True),
    "p16": Party("Francisca Muñoz Araya", "cl", "1000004-1", "+56920000101"),
    "p17": Party("Sebastián Rojas Fuentes", "cl", "1000005-K", "+56920000102"),
    "p18": Party("Andrés Felipe Gómez Ruiz", "co", "10000101-2", "+573000000101"),
    "p19": Party("Inmobiliaria Chicó Demo S.A.S.", "co", "900000101-0", "+576012000101", True),
    "p20": Party("Guadalupe Hernández Lara", "mx", "HELG900101AB1", "+525510000101"),
    "p21": Party(
        "Verónica Zambrano Cedeño", "ec", "1700000100", "+593990000101", function="Copropietaria"
    ),
    "p22": Party("Diego Ramos Peña", "pe", "00000109", "+51900000109", function="Inquilino"),
    "p23": Party("Thomas Keller", "pe", "X0000101", "+4915123456789", function="Apoderado"),
    "p24": Party(
        "Sanitarios y Acabados Demo S.A.C.", "pe", "20000001032", "+5110000103", True, "Contratista"
    ),
    "p25": Party(
        "Electro Caribe Demo, C.A.", "ve", "J-00000102-2", "+582120000102", True, "Contratista"
    ),
}
CITIES = {
    "pe": "Lima",
    "ve": "Caracas",
    "cl": "Santiago",
    "co": "Bogotá",
    "mx": "Ciudad de México",
    "ec": "Quito",
}
# Requesters on behalf of a company, who are not registered.
REPRESENTATIVES = {
    "p09": ("Claudia", "Benavides Ponce", "Administradora"),
    "p10": ("Raúl", "Chirinos Vela", "Gerente general"),
    "p15": ("Ingrid", "Monsalve Rivas", "Coordinadora de obras"),
    "p19": ("Camilo", "Restrepo Ángel", "Representante legal"),
}
# Requesters without a contract: first name, last name, relation, phone.
STRANGERS = {
    "manager": ("Beatriz", "Olivares Nieto", "other", "+51900000110"),
    "board": ("Hernán", "Zúñiga Poma", "board", "+51900000111"),
    "prospect": ("Paola", "Cárdenas Ruiz", "other", "+51900000112"),
    "visitor": ("Julio", "Espinoza Rey", "relative", "+51900000113"),
    "neighbour": ("Marisol", "Guevara León", "other", "+584140000114"),
}


class Colleague(NamedTuple):
    """A user of the company, who reads notifications in Odoo, or by e-mail."""

    name: str
    function: str
    group: str = "group_user"
    active: bool = True
    by_email: bool = False


COLLEAGUES = {
    "agente": Colleague("Daniela Ríos Palomino", "Ejecutiva de postventa"),
    "agente2": Colleague("Kevin Huertas Molina", "Inspector técnico", by_email=True),
    "gestor": Colleague("Milagros Tapia Cueva", "Gestora de trámites y cobranzas"),
    "legal": Colleague("Óscar Villanueva Prado", "Asesor legal", by_email=True),
    "jefe": Colleague("Martín Cabrera Solís", "Jefe de Postventa", "group_area_user"),
    "supervisor": Colleague(
        "Lucía Fernández Arce", "Jefa de Atención al Cliente", "group_supervisor"
    ),
    "antiguo": Colleague("Norma Ibáñez Rey", "Gerente de proyecto (cesada)", active=False),
}
# The customer with a login in the portal.
CUSTOMER_LOGIN = "cliente"
CUSTOMER = "p01"


def load(book):
    book.add(
        "res.partner",
        {key: _party_values(book, key, party) for key, party in PARTIES.items()},
    )
    users = {
        f"user_{login}": _user_values(book, login, colleague.group, colleague.active)
        | {
            "name": colleague.name,
            "email": f"{login}@example.com",
            "function": colleague.function,
            "notification_type": "email" if colleague.by_email else "inbox",
        }
        for login, colleague in COLLEAGUES.items()
    }
    users[f"user_{CUSTOMER_LOGIN}"] = _user_values(book, CUSTOMER_LOGIN, "base.group_portal") | {
        "partner_id": book[CUSTOMER].id
    }
    if "odoobot_state" in book.env["res.users"]:
        # Odoo's bot would open a chat over the screen, which fills it on a telephone.
        users = {key: values | {"odoobot_state": "disabled"} for key, values in users.items()}
    book.add("res.users", users)


def _party_values(book, key, party):
    return {
        "name": party.name,
        "country_id": book.ref(f"base.{party.country}").id,
        "city": CITIES[party.country],
        "vat": party.document,
        "phone": party.phone,
        "email": f"{key}@example.com",
        "is_company": party.is_company,
        "function": party.function,
    } | _language(book)


def _user_values(book, login, group, active=True):
    group = group if "." in group else f"atencion_cliente.{group}"
    # An inactive user needs no password, which takes Odoo half a second to hash.
    password = {"password": login} if active else {}
    return (
        {
            "login": login,
            "active": active,
            "group_ids": [Command.set(book.ref(group).ids)],
            "company_id": book.company.id,
            "company_ids": [Command.set(book.company.ids)],
            "tz": book.company._zone().key,
        }
        | password
        | _language(book)
    )


def _language(book):
    return {"lang": book.language} if book.language else {}
