"""What the pictures of the manual show, in the order of its chapters."""

from dataclasses import dataclass

FORM = ".o_form_view .o_field_widget[name=subject]"
SUBJECT = f"{FORM} >> css=textarea, input"
ROW = ".o_data_row"
# Cases of the demo data, by their subjects.
FLOOD = "Rotura de tubería inunda la cocina"
BATH = "Filtración por el sello de la bañera"
KITCHEN = "Vuelve la filtración en el techo de la cocina"
BANK = "Constancia de no adeudo para el banco"
RAIN = "Ingreso de agua por la mampara con la lluvia"
BASEMENT = "Filtración en el sótano junto al ascensor"
NEW_CASE = "/odoo/atencion-cases/new"


@dataclass(frozen=True)
class Picture:
    """A picture of a screen.

    ``name`` is that of its file, and ``chapter`` that of the one that shows it. ``login`` opens
    ``address``, or the case with the subject ``case``. The steps are then taken: each is a method
    of Playwright's page and its arguments. ``wait`` is there when the screen is drawn; what is
    inside of ``crop`` is in the picture, of a window that is ``height`` high.
    """

    name: str
    chapter: str
    login: str
    address: str = ""
    case: str = ""
    steps: tuple[tuple[str, ...], ...] = ()
    wait: str = FORM
    crop: str = ".o_web_client"
    height: int = 768


def _tab(name):
    return ("click", f".o_notebook a[name={name}]")


def _more(name):
    """The steps to a button of the menu “Más” of a case."""
    return ("click", ".o_atencion_more"), ("click", f".o-dropdown--menu button[name={name}]")


PICTURES = (
    Picture(
        "area",
        "areas",
        "admin",
        "/odoo/atencion-areas",
        steps=(("click", f"{ROW} >> nth=0 >> td[name=name]"),),
        wait=".o_field_widget[name=notification_ids]",
        crop=".o_form_sheet",
        height=900,
    ),
    Picture(
        "escalamiento",
        "escalamiento",
        "admin",
        "/odoo/atencion-escalation-rules",
        steps=(("click", f"{ROW} >> text=Prioridad alta"),),
        wait=".o_field_widget[name=hours]",
        crop=".o_form_sheet",
        height=900,
    ),
    Picture(
        "resumen",
        "resumen",
        "agente",
        "/odoo/atencion-overview",
        wait=".o_atencion_cards",
        height=640,
    ),
    Picture("lista", "listas", "supervisor", "/odoo/atencion-cases", wait=ROW, height=560),
    Picture(
        "buscar-por",
        "registrar",
        "agente",
        NEW_CASE,
        steps=(
            ("fill", "#atencion_lookup", "00000101"),
            ("wait_for_selector", ".o_atencion_lookup_match"),
        ),
        crop=".o_form_sheet_bg",
        height=560,
    ),
    Picture("caso", "caso", "supervisor", case=FLOOD),
    Picture(
        "actividades",
        "actividades",
        "supervisor",
        case=BASEMENT,
        steps=(_tab("activities"),),
        crop=".o_notebook",
    ),
    Picture(
        "cambiar-estado",
        "estados",
        "supervisor",
        case=FLOOD,
        steps=(
            ("click", "button[name=action_change_stage]"),
            ("click", ".modal label:text-is('Procede')"),
        ),
        wait=".modal .o_field_widget[name=response]",
        crop=".modal-content",
        height=900,
    ),
    Picture(
        "historial",
        "estados",
        "supervisor",
        case=KITCHEN,
        steps=(_tab("history"),),
        crop=".o_notebook",
    ),
    Picture(
        "recaudos",
        "recaudos",
        "supervisor",
        case=BANK,
        steps=(_tab("documents"),),
        crop=".o_notebook",
    ),
    Picture(
        "por-que",
        "plazos",
        "supervisor",
        case=RAIN,
        steps=(("click", "button[name=action_explain]"),),
        wait=".modal .o_field_widget[name=deadline_explanation]",
        crop=".modal-content",
        height=900,
    ),
    Picture(
        "notas",
        "notas",
        "supervisor",
        case=BATH,
        steps=(_tab("notes"),),
        crop=".o_notebook",
    ),
    Picture(
        "soluciones",
        "soluciones",
        "agente",
        NEW_CASE,
        steps=(
            ("fill", SUBJECT, "Gotea la ducha y se moja el muro"),
            ("press", SUBJECT, "Tab"),
            ("click", ".o_atencion_solutions summary"),
        ),
        crop=".o_form_sheet_bg",
    ),
    Picture(
        "documento",
        "documentos",
        "supervisor",
        case=BANK,
        steps=_more("action_generate_document"),
        wait=".modal .o_field_widget[name=body]",
        crop=".modal-content",
        height=900,
    ),
    Picture(
        "proyecto",
        "inmuebles",
        "supervisor",
        "/odoo/atencion-projects",
        steps=(("click", f"{ROW} >> nth=0 >> td[name=name]"),),
        wait=".o_atencion_unit",
        crop=".o_form_sheet",
        height=1100,
    ),
    Picture(
        "garantias", "entregas", "supervisor", "/odoo/atencion-warranties", wait=ROW, height=410
    ),
    Picture(
        "analisis",
        "informes",
        "supervisor",
        "/odoo/atencion-cases-analysis",
        wait=".o_pivot table",
        height=520,
    ),
)
