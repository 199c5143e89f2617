from odoo import Command, api, fields, models


class AtencionCaseRelated(models.Model):
    """Cases that may have to do with each other; each of two knows of the other."""

    _inherit = "atencion.case"

    related_case_ids = fields.Many2many(
        "atencion.case",
        "atencion_case_related_rel",
        "case_id",
        "related_id",
        string="Related cases",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="Cases whose numbers the mail names that made this one, and the other way round.",
    )

    @api.model
    def _get_server_only_fields(self):
        return super()._get_server_only_fields() | {"related_case_ids"}

    def _relate(self, cases):
        """Let the case and others know of each other, and say so in their logs."""
        self.ensure_one()
        others = cases - self
        if not others:
            return
        self._write_checked({"related_case_ids": [Command.link(case.id) for case in others]})
        others._write_checked({"related_case_ids": [Command.link(self.id)]})
        bodies = {
            case.id: case._speaking(case.company_id).env._(
                "A mail that named this case made case %s.", self.name
            )
            for case in others
        }
        others._message_log_batch(bodies=bodies)
