"""A letter template of the company, besides those of the application."""

from odoo import Command

BODY = """<p><b t-out="object.company_id.name"/> hace constar que, a la fecha, \
<b t-out="object.addressee_name">el cliente</b>, identificado con documento N.º \
<t t-out="object.letter_identity">–</t>, no mantiene obligaciones de pago pendientes por \
<t t-if="object.letter_property">el inmueble <b t-out="object.letter_property"/>, materia \
del</t><t t-else="">el</t> contrato <b t-out="object.contract_id.name">–</b>.</p>
<p>Titulares del contrato: <t t-out="object.letter_holders">–</t>.</p>
<p>Se expide la presente a solicitud del interesado, para los fines que estime \
convenientes.</p>"""


def load(book):
    book.add(
        "atencion.document.template",
        {
            "letter_no_debt": {
                "name": "Constancia de no adeudo",
                "sequence": 70,
                "kind": "certificate",
                "layout": "certificate",
                "company_id": book.company.id,
                "form": "request",
                "type_ids": [Command.set(book["type_papers"].ids)],
                "subject": "Constancia de no adeudo",
                "body_html": BODY,
            }
        },
    )
