from odoo.tests import HttpCase, no_retry, tagged

from odoo.addons.web.tests import test_js

from .test_unit_grid import UnitGridCase


@tagged("post_install", "-at_install")
class TestUnitGridTour(HttpCase, UnitGridCase):
    def test_from_the_project_to_the_cases_of_a_unit(self):
        self.create_case(
            subject="It drips",
            unit_id=self.flat.id,
            user_id=self.agent.id,
            request_date="2025-01-01",
        )
        self.create_case(subject="Another flat", unit_id=self.flat2.id, user_id=self.agent.id)
        self.start_tour(
            "/odoo/action-atencion_cliente.atencion_project_action",
            "atencion_unit_grid",
            login=self.agent.login,
        )


@tagged("post_install", "-at_install")
class TestComponents(test_js.HOOTCommon):
    """The unit tests of our web components, which are in ``static/tests``."""

    @no_retry
    def test_components(self):
        self._test_params = [("+", "@atencion_cliente")]
        self.browser_js(
            f"/web/tests?headless&loglevel=2&preset=desktop&timeout=15000{self.get_hoot_filters()}",
            "",
            "",
            login="admin",
            timeout=300,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=test_js.unit_test_error_checker,
        )
