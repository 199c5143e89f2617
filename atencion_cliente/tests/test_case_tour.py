from odoo.tests import HttpCase, tagged

from .support.common import AtencionCommon


@tagged("post_install", "-at_install")
class TestCaseTour(HttpCase, AtencionCommon):
    def test_supervisor_registers_transfers_closes_and_reopens(self):
        self.start_tour(
            "/odoo/action-atencion_cliente.atencion_case_action",
            "atencion_case_life",
            login=self.supervisor.login,
        )
        case = self.env["atencion.case"].search([("partner_id", "=", self.holder.id)])
        self.assertEqual(
            [interval.stage_id.code for interval in self.ledger_entries(case)],
            ["PRO", "TRA", "PRO", "CLO", "REA"],
        )
        self.assertEqual(case.contract_id, self.contract)
        self.assertEqual(case.area_id, self.deeds)
        self.assertEqual(case.reopen_count, 1)
        self.assertFalse(case.resolution, "it is solved anew")
        closed = self.ledger_entries(case).filtered("closed")
        self.assertIn("The seal was changed", closed.resolution)
        self.assertContiguous(case)

    def test_dragging_a_card_asks_for_the_note(self):
        case = self.create_case(subject="Dragged case")
        self.start_tour(
            "/odoo/action-atencion_cliente.atencion_case_action?view_type=kanban",
            "atencion_case_kanban",
            login=self.supervisor.login,
        )
        self.assertEqual(case.stage_id.code, "WCE")
        self.assertEqual(case.stage_note, "The registry has it")
        self.assertEqual(len(self.ledger_entries(case)), 2)
