"""The company: a Peruvian developer, in a database that is nobody's yet."""

from datetime import timedelta

from markupsafe import Markup

from . import logo
from .holidays import peruvian_days_off

# Names that Odoo gives to the first company.
UNTOUCHED = ("My Company", "YourCompany")
ZONE = "America/Lima"
PRIORITY_DAYS = {"high": 3, "urgent": 1}
# What Odoo says in English to all, once, in the channel of everybody.
WELCOME = Markup(
    "<p>Este es el canal #general.</p>"
    "<p>Lo ven todos los usuarios: sirve para <b>compartir noticias de la empresa</b>.</p>"
)


def load(book):
    company = book.company
    if company.name in UNTOUCHED:
        peru = book.ref("base.pe")
        peru.currency_id.active = True
        company.write(
            {
                "name": "Inmobiliaria Los Jardines Demo",
                "country_id": peru.id,
                "currency_id": peru.currency_id.id,
                "street": "Av. Javier Prado Este 4200",
                "city": "Santiago de Surco, Lima",
                "zip": "15023",
                "state_id": False,
                "vat": "20000001041",
                "phone": "+5110000100",
                "email": "atencion@example.com",
                "website": "https://losjardines.example.com",
            }
        )
        company.resource_calendar_id.write({"name": "Horario de oficina", "tz": ZONE})
        if company.uses_default_logo:
            company.logo = logo.drawn()
        book.ref("mail.module_install_notification").write(
            {"subject": "Te damos la bienvenida", "body": WELCOME}
        )
    if not any(company[f"atencion_has_limit_{name}"] for name in PRIORITY_DAYS):
        for name, days in PRIORITY_DAYS.items():
            company[f"atencion_has_limit_{name}"] = True
            company[f"atencion_max_days_{name}"] = days


def load_days_off(book):
    """Holidays of the years that the cases live in, where none are known."""
    company = book.company
    calendar = company.resource_calendar_id
    if calendar.tz != ZONE or calendar.global_leave_ids:
        return
    years = range(book.today.year - 2, book.today.year + 2)
    book.add(
        "resource.calendar.leaves",
        {
            f"day_off_{day}": {
                "name": name,
                "company_id": company.id,
                "calendar_id": calendar.id,
                "date_from": company._start_of(day),
                "date_to": company._start_of(day + timedelta(days=1)) - timedelta(seconds=1),
            }
            for year in years
            for day, name in peruvian_days_off(year).items()
        },
    )
