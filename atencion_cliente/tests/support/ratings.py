from contextlib import nullcontext
from datetime import datetime, timedelta

from odoo.tests import HttpCase, freeze_time

from .notices import NoticesCommon

START = datetime(2026, 3, 2, 15)
TYPED = "diego@example.com"


class RatingsCommon(NoticesCommon):
    """Cases that are closed at the start, and runs that ask their customers some time later."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.typed = {"requester_firstname": "Diego", "requester_email": TYPED}
        # Whatever else the database has is not what is asked about.
        cls.env.cr.execute("UPDATE atencion_case SET rating_pending = FALSE")

    def at(self, hours):
        """As many hours after the start."""
        return freeze_time(START + timedelta(hours=hours))

    def closed_case(self, hours=0, code="CLO", **vals):
        """A case that the agent closed, in a transaction of its own."""
        with self.at(hours):
            case = self.create_case(**({"resolution": "<p>Seal changed</p>"} | vals))
            self.move(case.with_user(self.supervisor), code)
            self.end_transaction()
        self.queue().unlink()
        return case

    def run_at(self, hours):
        """Run the scheduled action; the mails that it wrote."""
        before = self.queue()
        # Tests of pages are in this mode already.
        mode = nullcontext() if isinstance(self, HttpCase) else self.enter_registry_test_mode()
        with self.at(hours), mode:
            self.env.ref("atencion_cliente.ir_cron_ask_for_ratings").method_direct_trigger()
        self.env.invalidate_all()
        return self.queue() - before

    def asked(self, hours=24):
        """The cases about which a run asks."""
        return self.env["atencion.case"].browse(self.run_at(hours).mapped("res_id"))

    def ratings_of(self, case):
        """What the customer was asked about a case, the oldest first."""
        return self.env["rating.rating"].search(
            [("res_model", "=", "atencion.case"), ("res_id", "=", case.id)], order="id"
        )
