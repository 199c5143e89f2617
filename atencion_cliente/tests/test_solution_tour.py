from odoo.tests import HttpCase, tagged

from .support.solutions import SolutionsCommon


@tagged("post_install", "-at_install")
class TestSolutionTour(HttpCase, SolutionsCommon):
    def test_a_solution_is_offered_and_applied_while_a_case_is_written(self):
        solution = self.create_solution(
            "Filtración en la ducha", "Se cambió el sello de silicona.", self.leaks
        )
        self.start_tour(
            "/odoo/action-atencion_cliente.atencion_case_action",
            "atencion_case_solutions",
            login=self.supervisor.login,
        )
        case = self.env["atencion.case"].search([("subject", "=", "Fuga de agua en el baño")])
        self.assertEqual(case.solution_id, solution)
        self.assertEqual(case.resolution, "<p>Se cambió el sello de silicona.</p>")
        self.assertEqual(solution.applied_count, 1)
