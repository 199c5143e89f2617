from odoo.tests import tagged

from .support.area_mail import AreaMailCommon
from .support.incoming import CASE
from .support.many_cases import ManyCases

FEW, MANY = 100, 10_000
# Most statements that each mail may take (measured: see each test).
NEW_CASE = 60
ANSWER = 40
TO_CLOSED = 75


@tagged("post_install", "-at_install")
class TestPerformanceMail(ManyCases, AreaMailCommon):
    """Statements of mails that come in: few, and as many at 10,000 cases as at 100."""

    def _statements(self, mails, total):
        """How many statements the last of some mails takes, and what it made."""
        self.fill_to(total)
        gateway = self.env["mail.thread"].with_user(self.env.ref("base.user_root"))
        with self.mock_mail_gateway():
            for mail in mails:
                self.env.invalidate_all()
                before = self.cr.sql_log_count
                made = gateway.message_process(False, mail)
                self.cr.flush()
                count = self.cr.sql_log_count - before
        self.assertTrue(made)
        return count

    def _at_both_sizes(self, mails, most):
        counts = [self._statements(mails(), total) for total in (FEW, MANY)]
        self.assertEqual(*counts)
        self.assertLessEqual(counts[1], most)

    def test_new_case(self):
        # Measured: 60 statements.
        mails = lambda: [  # noqa: E731
            self.letter(subject=f"Gotea {number}").as_bytes() for number in range(2)
        ]
        self._at_both_sizes(mails, NEW_CASE)
