from odoo import fields, models


class CalendarEvent(models.Model):
    _inherit = "calendar.event"

    # The events of a case are found by it.
    res_id = fields.Many2oneReference(index="btree_not_null")
