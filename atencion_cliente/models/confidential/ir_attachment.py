from odoo import api, models
from odoo.tools import SQL

CASE = "atencion.case"
EVENT = "calendar.event"


class IrAttachment(models.Model):
    """Files of events of confidential cases are read by who may know of the case.

    Odoo attaches the invitation to its event, which everybody may read as “Busy”.
    """

    _name = "ir.attachment"
    _inherit = ["atencion.kept", "ir.attachment"]

    def _inaccessible_comodel_records(self, model_and_ids, operation):
        yield from super()._inaccessible_comodel_records(model_and_ids, operation)
        if operation == "read" and model_and_ids.get(EVENT):
            kept = self.env[EVENT].browse(filter(None, model_and_ids[EVENT]))._kept_from_user()
            yield from ((EVENT, event_id) for event_id in kept.ids)

    @api.model
    def _readable_sql(self, model, alias, query):
        """The condition that a file is of no event that is kept from the user."""
        return SQL(
            """(%(model)s IS DISTINCT FROM %(event)s OR NOT EXISTS (
                SELECT FROM calendar_event event
                WHERE event.id = %(id)s AND event.res_model = %(case)s AND %(kept)s))""",
            model=SQL.identifier(alias, "res_model"),
            event=EVENT,
            id=SQL.identifier(alias, "res_id"),
            case=CASE,
            kept=self.env[CASE]._kept_from_sql(SQL.identifier("event", "res_id"), SQL("FALSE")),
        )
