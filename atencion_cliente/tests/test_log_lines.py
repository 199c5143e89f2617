from odoo.tests import tagged

from .support.common import AtencionCommon


@tagged("post_install", "-at_install")
class TestLogLines(AtencionCommon):
    """Lines of the log have no address for answers, except those of other applications."""

    def _line_of(self, record):
        record.env.company.alias_domain_id = self.env["mail.alias.domain"].create(
            {"name": "homes.example"}
        )
        return record._message_log(body="Seen")

    def test_a_line_of_a_case_has_no_address_for_answers(self):
        line = self._line_of(self.create_case())
        self.assertFalse(line.reply_to)
        self.assertTrue(line.email_from)
        self.assertNotIn("atencion_logging", line.env.context)

    def test_a_line_of_another_application_has_what_odoo_gives_it(self):
        line = self._line_of(self.env["res.partner"].create({"name": "Rosa"}))
        self.assertIn("catchall@homes.example", line.reply_to)
