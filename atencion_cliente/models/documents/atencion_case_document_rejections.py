from odoo import api, fields, models


class AtencionCaseDocumentRejections(models.Model):
    """Why a document was rejected before: its customer still reads it after the next one."""

    _inherit = "atencion.case.document"

    # Pairs of the moment and the reason, the oldest first.
    rejections = fields.Json(
        "Former rejections", readonly=True, copy=False, groups="base.group_user", exportable=False
    )

    @api.model
    def _get_server_only_fields(self):
        return super()._get_server_only_fields() | {"rejections"}

    def _prepare_write(self, vals, carried):
        vals = super()._prepare_write(vals, carried)
        if vals.get("state", "rejected") != "rejected":
            for document in self.filtered(lambda one: one.state == "rejected" and one.state_since):
                document._keep_rejection()
        return vals

    def _keep_rejection(self):
        """Keep why the document is rejected, before it is not any more."""
        moment = fields.Datetime.to_string(self.state_since)
        # sudo: whoever may change the state may not write this.
        document = self.sudo()
        document._write_checked(
            {"rejections": [*(document.rejections or []), [moment, self.reason]]}
        )

    def _former_rejections(self):
        """The rejections before the present state.

        :return: pairs of a moment and the reason
        :rtype: list[tuple[datetime.datetime, str]]
        """
        self.ensure_one()
        return [
            (fields.Datetime.to_datetime(moment), reason)
            for moment, reason in self.rejections or ()
        ]
