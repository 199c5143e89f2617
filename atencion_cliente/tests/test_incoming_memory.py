# Texts of customers are not translated.
# pylint: disable=translation-required
import gc
import tracemalloc

from odoo import SUPERUSER_ID
from odoo.tests import tagged

from .support.area_mail import AreaMailCommon

MB = 1_000_000
# Also of many megabytes, a mail takes so much beside what Odoo itself takes for it.
MOST = 1.1


@tagged("post_install", "-at_install")
class TestIncomingMemory(AreaMailCommon):
    """The memory that a mail with large files takes, while it is filed and afterwards."""

    def setUp(self):
        super().setUp()
        # What only a collection of garbage frees stays for a long time in a real server.
        gc.collect()
        gc.disable()
        self.addCleanup(gc.enable)
        tracemalloc.start()
        self.addCleanup(tracemalloc.stop)

    def _letter(self, **letter):
        return self.letter(files={"film.mp4": bytes(range(250)) * (8 * MB // 250)}, **letter)

    def _received(self, raw, model=False):
        """The bytes that a mail takes at most, and those that it leaves."""
        gateway = self.env["mail.thread"].with_user(SUPERUSER_ID)
        self.env.invalidate_all()
        tracemalloc.reset_peak()
        before, _peak = tracemalloc.get_traced_memory()
        with self.mock_mail_gateway():
            self.assertTrue(gateway.message_process(model, raw))
        self.env.cr.flush()
        self.env.invalidate_all()
        after, peak = tracemalloc.get_traced_memory()
        return peak - before, after - before

    def test_a_filed_mail_is_let_go(self):
        self._received(self._letter(text="To warm up").as_bytes())
        raw = self._letter(text="Gotea mucho").as_bytes()
        _peak, left = self._received(raw)
        self.assertLess(left, MB)

    def test_it_takes_no_more_than_odoo_alone(self):
        def of_odoo(number):
            raw = self._letter(to="other@elsewhere.example", text=f"Other {number}")
            return self._received(raw.as_bytes(), "res.partner")

        of_odoo(1)
        self._received(self._letter(text="To warm up").as_bytes())
        alone, _left = of_odoo(2)
        ours, _left = self._received(self._letter(text="Gotea mucho").as_bytes())
        self.assertLess(ours, MOST * alone)
