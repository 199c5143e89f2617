from odoo import fields, models

from ...tools.warranty import Term

# Events whose date is the first day of a warranty.
START_EVENTS = [
    ("handover", "Handover"),
    ("reception", "Municipal reception"),
    ("registration", "Registration"),
]
DURATION_UNITS = [("months", "Months"), ("years", "Years")]


class AtencionWarrantyTerm(models.Model):
    """The duration of the warranty of an element, and the event that starts it."""

    _name = "atencion.warranty.term"
    _description = "Warranty term"
    _inherit = ["atencion.input", "atencion.shared", "atencion.bounds", "atencion.readable.links"]
    # A hundred years, in months.
    _max_values = {"duration": 1200}
    _order = "scheme_id, sequence, id"
    _rec_name = "element_id"

    scheme_id = fields.Many2one(
        "atencion.warranty.scheme", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    element_id = fields.Many2one("atencion.warranty.element", required=True, ondelete="restrict")
    duration = fields.Integer("Term", required=True, default=1)
    unit = fields.Selection(DURATION_UNITS, "Months or years", required=True, default="years")
    start_event = fields.Selection(START_EVENTS, "Runs from", required=True, default="handover")
    exclusions = fields.Char("Exclusions and remarks", translate=True)

    _element_unique = models.UniqueIndex(
        "(scheme_id, element_id)", "The scheme already has a term for this element."
    )
    _duration_range = models.Constraint(
        "CHECK (duration BETWEEN 1 AND CASE unit WHEN 'years' THEN 100 ELSE 1200 END)",
        "A warranty lasts at least one month and at most 100 years.",
    )

    def _is_shared(self):
        return not self.scheme_id.company_id

    def _as_rule(self):
        """The term, as ``tools.warranty`` takes it.

        :rtype: tools.warranty.Term
        """
        self.ensure_one()
        return Term(self.duration, self.unit)
