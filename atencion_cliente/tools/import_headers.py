"""What people write above the columns of a file, besides the headers of our templates."""

from . import search_key

# By model, the path of fields, and its other names; accents, capitals and signs do not count.
OTHER_NAMES = {
    "res.partner": {
        "vat": (
            "Número de identidad",
            "N° de identidad",
            "Nº de identidad",
            "Nro. de identidad",
            "Número de identificación",
            "N° de identificación",
            "Identificación",
            "Documento",
            "Documento de identidad",
            "N° de documento",
            "Nº de documento",
            "Nro. de documento",
            "Número de documento",
            "Cédula",
            "Cédula de identidad",
            "DNI",
            "RIF",
            "RUC",
            "RUT",
            "NIT",
            "Identity number",
        ),
    },
    "atencion.contract": {
        "name": ("Número de contrato", "N° de contrato", "Nº de contrato", "Nro. de contrato"),
        "holder_ids/partner_id": ("Titular", "Holder"),
    },
}

_PATHS = {
    model: {search_key.key(name): path for path, names in paths.items() for name in names}
    for model, paths in OTHER_NAMES.items()
}


def path_of(model: str, header: str) -> str | None:
    """The path of fields that a header is another name of, None if it is none.

    >>> path_of("res.partner", "n° DE identidad"), path_of("res.partner", "Color")
    ('vat', None)
    """
    return _PATHS.get(model, {}).get(search_key.key(header))
