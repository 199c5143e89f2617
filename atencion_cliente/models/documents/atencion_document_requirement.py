from datetime import timedelta

from odoo import fields, models

from ...tools import documents
from ...tools.bounds import MAX_DAYS
from ..case.atencion_case_requester import RELATIONS


class AtencionDocumentRequirement(models.Model):
    """A document that a type of case requires (recaudo), of all or of some requesters."""

    _name = "atencion.document.requirement"
    _description = "Document that a case type requires"
    _inherit = [
        "atencion.input",
        "atencion.empty.list",
        "atencion.traced.line",
        "atencion.shared",
        "atencion.shown.setting",
        "atencion.bounds",
        "atencion.readable.links",
    ]
    _next_actions = ("atencion_cliente.atencion_case_type_action",)
    _max_values = {"due_days": MAX_DAYS}
    _order = "type_id, sequence, id"
    _traced_parent = "type_id"
    _traced_fields = ("name", "relation", "mandatory", "due_days", "active")

    name = fields.Char("Document", required=True, translate=True)
    type_id = fields.Many2one("atencion.case.type", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    relation = fields.Selection(
        RELATIONS,
        "Asked of",
        help="The kind of requester who has to hand it over. Empty: every requester. Of two "
        "lines with the same document, the one for their kind counts: so it may be "
        "mandatory for one kind and optional for another.",
    )
    mandatory = fields.Boolean(
        default=True,
        help="The case waits until the document is received or waived.",
    )
    due_days = fields.Integer(
        "Due in days",
        aggregator=None,
        help="Days from the request to the date until which the customer should hand the "
        "document over. 0: no date.",
    )
    active = fields.Boolean(default=True)

    _due_days_not_negative = models.Constraint("CHECK (due_days >= 0)", "Days cannot be negative.")

    def _is_shared(self):
        return not self.type_id.company_id

    def _as_rule(self):
        """The requirement, as ``tools.documents`` takes it, in the language of the context.

        :rtype: documents.Requirement
        """
        self.ensure_one()
        return documents.Requirement(self.id, self.name, self.relation or "", self.mandatory)

    def _due_date(self, day):
        """The due date of a document that was requested on a day; False without a limit.

        :param datetime.date day: of the company
        """
        return bool(self.due_days) and day + timedelta(days=self.due_days)
