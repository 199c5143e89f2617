from odoo import models


class ResourceCalendarAttendance(models.Model):
    _name = "resource.calendar.attendance"
    _inherit = ["resource.calendar.attendance", "atencion.working.time"]

    _calendar_fields = frozenset({"calendar_id"})
