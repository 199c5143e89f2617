from freezegun import freeze_time
from lxml import etree

from odoo.tests import tagged

from .support.common import AtencionCommon
from .support.translations import SPANISH, Translations

STATES = {
    "WRC": "En espera de recaudos",
    "RIT": "Con recaudos en tránsito",
    "PRO": "En proceso",
    "WCE": "Tramitación",
    "TRA": "Caso Transferido",
    "REA": "Reactivado",
    "CLO": "Procede",
    "REJ": "No Procede",
}
# A Saturday: the deadline of Friday has passed, and no working day since.
TODAY = "2025-01-11"


@tagged("post_install", "-at_install")
class TestTranslation(Translations, AtencionCommon):
    """The Spanish translation is complete, and says what users know by heart."""

    MODULE = "atencion_cliente"

    def test_every_term_is_translated(self):
        self.assertTranslated("Days elapsed")

    def test_placeholders_are_kept(self):
        self.assertPlaceholdersKept()

    def test_edges_are_kept(self):
        self.assertEdgesKept()

    def test_buttons_of_a_dialog_differ(self):
        """Two English words may have one Spanish word, by which nobody knows which button it is."""
        views = self.env["ir.ui.view"].search(
            [("model", "=like", "atencion.%"), ("type", "=", "form")]
        )
        for view in views.with_context(lang=SPANISH):
            for footer in etree.fromstring(view.arch).iter("footer"):
                labels = [one.get("string") for one in footer.iter("button")]
                self.assertEqual(len(labels), len(set(labels)), (view.name, labels))

    def test_state_labels(self):
        for code, label in STATES.items():
            with self.subTest(code):
                stage = self.env.ref(f"{self.MODULE}.stage_{code.lower()}")
                self.assertEqual(stage.with_context(lang=SPANISH).name, label)

    def test_priorities(self):
        """Rules and their log take those of cases, in the user's language."""
        for name in ("atencion.case", "atencion.escalation.rule", "atencion.escalation.log"):
            with self.subTest(name):
                model = self.env[name].with_context(lang=SPANISH)
                priorities = model.fields_get(["priority"], ["selection"])["priority"]["selection"]
                self.assertEqual(
                    [label for _key, label in priorities], ["Baja", "Normal", "Alta", "Urgente"]
                )

    def _case_of(self, request, case_type, attended=None, paused=None):
        with freeze_time(request + " 17:00:00"):
            case = self.ready_case(type_id=case_type.id)
        if attended:
            with freeze_time(attended + " 17:00:00"):
                case.attention_date = attended
        if paused:
            with freeze_time(paused + " 17:00:00"):
                self.move(case, "WRC")
        return case

    def test_alert_labels(self):
        """Read one by one, and grouped by the database."""
        plain, working, free = self.type_two_days, self.type_working, self.type_no_limit
        expected = {
            "En plazo": ("2025-01-10", plain),
            "Vence hoy": ("2025-01-09", plain),
            "3 días de retraso": ("2025-01-06", plain),
            "1 día de retraso": ("2025-01-08", plain),
            "Vencido": ("2025-01-08", working),
            "Atendido": ("2025-01-06", free, "2025-01-10"),
            "Atendido dentro de plazo": ("2025-01-09", plain, "2025-01-10"),
            "Atendido fuera de plazo": ("2025-01-06", plain, "2025-01-10"),
            "En plazo (en pausa)": ("2025-01-09", plain, None, "2025-01-10"),
            "1 día de retraso (en pausa)": ("2025-01-06", plain, None, "2025-01-09"),
            "Vencido (en pausa)": ("2025-01-08", working, None, TODAY),
        }
        cases = {label: self._case_of(*told) for label, told in expected.items()}
        self.env.flush_all()
        with freeze_time(TODAY + " 17:00:00"):
            for label, case in cases.items():
                with self.subTest(label):
                    self.assertEqual(case.with_context(lang=SPANISH).alert_label, label)
            groups = (
                self.env["atencion.case"]
                .with_context(lang=SPANISH)
                ._read_group(
                    [("id", "in", [case.id for case in cases.values()])],
                    ["alert_label"],
                    ["id:recordset"],
                )
            )
        self.assertEqual(
            {label: found.ids for label, found in groups},
            {label: case.ids for label, case in cases.items()},
        )
