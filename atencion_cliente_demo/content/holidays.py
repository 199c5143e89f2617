"""The sixteen national days off of Peru."""

from datetime import date, timedelta

from dateutil.easter import easter

# Month, day, name.
FIXED = (
    (1, 1, "Año Nuevo"),
    (5, 1, "Día del Trabajo"),
    (6, 7, "Batalla de Arica y Día de la Bandera"),
    (6, 29, "San Pedro y San Pablo"),
    (7, 23, "Día de la Fuerza Aérea del Perú"),
    (7, 28, "Fiestas Patrias"),
    (7, 29, "Fiestas Patrias"),
    (8, 6, "Batalla de Junín"),
    (8, 30, "Santa Rosa de Lima"),
    (10, 8, "Combate de Angamos"),
    (11, 1, "Todos los Santos"),
    (12, 8, "Inmaculada Concepción"),
    (12, 9, "Batalla de Ayacucho"),
    (12, 25, "Navidad"),
)
# Days after Easter Sunday, name.
MOVABLE = ((-3, "Jueves Santo"), (-2, "Viernes Santo"))


def peruvian_days_off(year: int) -> dict[date, str]:
    """The names of the national days off of a year, by day.

    >>> len(peruvian_days_off(2026))
    16
    >>> date(2026, 4, 3) in peruvian_days_off(2026)
    True
    """
    sunday = easter(year)
    days = {sunday + timedelta(days=offset): name for offset, name in MOVABLE}
    return days | {date(year, month, day): name for month, day, name in FIXED}
