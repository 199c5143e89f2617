"""What a property developer of Latin America starts with: areas, types, roles, rules and lists.

Each text is a pair, Spanish and English. Rows name each other by their keys. Categories and
places are in ``starter_lists``.
"""

from typing import NamedTuple


class Text(NamedTuple):
    """A text in both languages.

    >>> Text("Cobranzas", "Collections").in_language("es_PE")
    'Cobranzas'
    >>> Text("Cobranzas", "Collections").in_language("pt_BR")
    'Collections'
    """

    spanish: str
    english: str

    def in_language(self, code: str) -> str:
        """The text for a language: Spanish for any Spanish, English for all others."""
        return self.spanish if is_spanish(code) else self.english


def is_spanish(code: str) -> bool:
    """Whether the code of a language is one of Spanish.

    >>> [is_spanish(code) for code in ("es_419", "es", "en_US", "et_EE", "")]
    [True, True, False, False, False]
    """
    return code.partition("_")[0] == "es"


class CaseType(NamedTuple):
    """A case type. ``days`` is None without a limit in days, ``hours`` without one in hours.

    ``warn``: days before the deadline.
    ``documents``: what the customer has to hand over. ``extras``: what helps, and may miss.
    ``help``: what customers read who choose it in the portal; without it they do not.
    """

    name: Text
    form: str
    days: int | None
    area: str
    mode: str = "calendar"
    warn: int = 0
    documents: tuple[Text, ...] = ()
    extras: tuple[Text, ...] = ()
    help: Text | None = None
    hours: int | None = None


class Rule(NamedTuple):
    """An escalation rule. ``stage`` and ``new_stage`` are codes of states."""

    name: Text
    hours: float
    stage: str = ""
    case_type: str = ""
    priority: str = ""
    basis: str = "open"
    role: str = ""
    channels: tuple[str, ...] = ()
    new_stage: str = ""
    note: Text | None = None


AREAS = {
    "care": Text("Atención al Cliente", "Customer Care"),
    "repairs": Text("Postventa Técnica", "Technical After-sales"),
    "handovers": Text("Entregas", "Handovers"),
    "deeds": Text("Escrituración y Registros", "Deeds and Registry"),
    "collections": Text("Cobranzas", "Collections"),
    "legal": Text("Legal", "Legal"),
}
IDENTITY = Text("Documento de identidad del solicitante", "Identity document of the requester")
LETTER = Text("Carta simple de solicitud", "Letter of request")
PHOTOS = Text("Fotos del problema", "Photos of the problem")
TYPES = {
    "repair": CaseType(
        Text("Atención postventa", "After-sales service"),
        "attention",
        7,
        "repairs",
        warn=2,
        extras=(PHOTOS,),
        help=Text(
            "Filtraciones, grietas, puertas: lo que falla en su inmueble. Una foto ayuda.",
            "Leaks, cracks, doors: what fails in your unit. A photograph helps.",
        ),
    ),
    "emergency": CaseType(
        Text("Emergencia (gas, agua, ascensor)", "Emergency (gas, water, lift)"),
        "attention",
        None,
        "repairs",
        hours=2,
    ),
    "handover": CaseType(
        Text("Observación de entrega", "Handover observation"), "attention", 15, "handovers", warn=3
    ),
    "claim": CaseType(
        Text("Reclamo", "Claim"),
        "claim",
        15,
        "care",
        "working",
        3,
        extras=(Text("Sustento del reclamo", "Evidence of the claim"),),
    ),
    "complaint": CaseType(Text("Queja", "Complaint"), "claim", 15, "care", "working", 3),
    "papers": CaseType(
        Text("Solicitud documentaria", "Request for papers"),
        "request",
        5,
        "deeds",
        warn=1,
        documents=(IDENTITY,),
        help=Text(
            "Copias, constancias y cartas. Tenga a la mano su documento de identidad.",
            "Copies, certificates and letters. Have your identity document ready.",
        ),
    ),
    "new_holder": CaseType(
        Text("Cambio de titular", "Change of holder"),
        "request",
        20,
        "deeds",
        warn=5,
        documents=(
            Text("Documento de identidad de ambas partes", "Identity documents of both parties"),
            LETTER,
            Text("Constancia de no adeudo", "No-debt certificate"),
        ),
    ),
    "statement": CaseType(
        Text("Estado de cuenta", "Account statement"),
        "request",
        2,
        "collections",
        documents=(IDENTITY,),
        help=Text(
            "Sus pagos, cuotas y saldos. Tenga a la mano su documento de identidad.",
            "Your payments, instalments and balances. Have your identity document ready.",
        ),
    ),
    "works": CaseType(
        Text("Autorización de obra", "Permission for works"),
        "request",
        10,
        "repairs",
        "working",
        2,
        documents=(LETTER, Text("Planos de la modificación", "Plans of the change")),
        help=Text(
            "Antes de modificar su inmueble. Adjunte la carta y los planos.",
            "Before you change your unit. Attach the letter and the plans.",
        ),
    ),
    "question": CaseType(
        Text("Consulta", "Question"),
        "request",
        None,
        "care",
        help=Text("Todo lo demás que quiera preguntar.", "All else that you want to ask."),
    ),
}
ROLES = {
    "care_head": Text("Jefe de Atención al Cliente", "Head of Customer Care"),
    "repairs_head": Text("Coordinador de Postventa", "After-sales Coordinator"),
    "project_head": Text("Gerente de Proyecto", "Project Manager"),
    "legal_adviser": Text("Asesor Legal", "Legal Adviser"),
    "general_manager": Text("Gerente General", "General Manager"),
}
RULES = {
    "claim": Rule(
        Text("Reclamo en proceso hace 5 días", "Claim in progress for 5 days"),
        120,
        stage="PRO",
        case_type="claim",
        role="legal_adviser",
        channels=("task", "email"),
    ),
    "urgent": Rule(
        Text("Urgente sin resolver en 4 horas", "Urgent and not solved in 4 hours"),
        4,
        priority="3",
        role="repairs_head",
        channels=("alert",),
    ),
    "documents": Rule(
        Text("Recaudos pendientes hace 10 días", "Documents awaited for 10 days"),
        240,
        stage="WRC",
        basis="stage",
        role="care_head",
        channels=("email",),
    ),
    "withdrawal": Rule(
        Text("Desistimiento por falta de recaudos", "Withdrawn for lack of documents"),
        720,
        stage="WRC",
        basis="stage",
        new_stage="REJ",
        note=Text(
            "El cliente no entregó los recaudos en 30 días.",
            "The customer did not hand over the documents in 30 days.",
        ),
    ),
    "transfer": Rule(
        Text("Transferido y no tomado por el área", "Transferred and not taken by the area"),
        24,
        stage="TRA",
        basis="stage",
        role="project_head",
        channels=("alert",),
    ),
    "month": Rule(
        Text("Caso abierto hace un mes", "Case open for a month"),
        720,
        role="general_manager",
        channels=("email",),
    ),
}
