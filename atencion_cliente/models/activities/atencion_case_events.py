from markupsafe import Markup

from odoo import api, fields, models

from ..base.public_method import public


class AtencionCaseEvents(models.Model):
    """Meetings with the requester, and reminders of the users who work on the case."""

    _inherit = "atencion.case"

    event_ids = fields.One2many(
        "calendar.event",
        "res_id",
        string="Events",
        domain=[("res_model", "=", "atencion.case")],
        copy=False,
        groups="base.group_user",
    )
    event_count = fields.Integer(compute="_compute_event_count")

    @api.model
    def _get_row_sources(self):
        events = self._fields["event_ids"]
        source = (events.comodel_name, events.inverse_name)
        return super()._get_row_sources() | {"event_count": source}

    @api.depends("event_ids")
    def _compute_event_count(self):
        for case in self:
            case.event_count = len(case.event_ids)

    @public(one=True)
    def action_open_events(self):
        """Open the calendar with the events of the case."""
        action = self.env["ir.actions.act_window"]._for_xml_id("calendar.action_calendar_event")
        first = min(self.event_ids.mapped("start"), default=None)
        return action | {
            "domain": [("res_model", "=", self._name), ("res_id", "=", self.id)],
            "name": self.env._("Events"),
            "context": self._event_defaults(self._event_guests())
            | ({"initial_date": fields.Datetime.to_string(first)} if first else {}),
        }

    @public(one=True)
    def action_new_event(self):
        """Open the form of a new meeting with the requester."""
        return self._new_event(self.env._("New event"), self._event_guests())

    @public(one=True)
    def action_new_reminder(self):
        """Open the form of a new event with the user as its only guest."""
        return self._new_event(self.env._("Own reminder"), self.env.user.partner_id)

    def _new_event(self, title, guests):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "calendar.event",
            "views": [(False, "form")],
            "target": "new",
            "context": self._event_defaults(guests),
        }

    def _event_guests(self):
        """The guests of a new meeting: the user, and the requester or else the holder."""
        return (self.requester_id or self.partner_id) | self.env.user.partner_id

    def _event_defaults(self, guests):
        """The context with the default values of an event of the case.

        Odoo shows all events to everybody. Those of a confidential case are private, which
        shows them only to users who may know of the case.

        :raise AccessError: the user may not read the case
        """
        self.ensure_one()
        self.check_access("read")
        return {
            "default_res_model": self._name,
            "default_res_id": self.id,
            "default_name": self.display_name,
            "default_partner_ids": guests.ids,
            "default_location": self._event_place(),
            "default_description": self._event_description(),
            "default_user_id": self.env.uid,
        } | ({"default_privacy": "private"} if self.is_confidential else {})

    def _event_place(self):
        """The unit, its block and its project, as far as they are known."""
        places = (self.unit_id, self.block_id, self.project_id)
        return ", ".join(place.display_name for place in places if place)

    def _event_description(self):
        """The number and subject of the case, and how to reach the requester."""
        contact = filter(None, [self.requester_name, self.requester_phone, self.requester_email])
        lines = [f"{self.name}: {self.subject}", ", ".join(contact)]
        return Markup().join(Markup("<p>%s</p>") % line for line in lines if line)
