from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date


class AtencionCaseReception(models.Model):
    """When a case was received: a moment that is certain, also if only the day is known.

    A day alone becomes a moment by ``res.company._reception_of``; a moment that is given is
    kept, unless it is of another day.
    """

    _inherit = "atencion.case"

    @api.model
    def _prepare_create(self, vals_list, carried):
        prepared = super()._prepare_create(vals_list, carried)
        return [self._with_reception(vals) for vals in prepared]

    @api.model
    def _with_reception(self, vals):
        """The values of a new case, with the moment it was received.

        A day stays among them: it would be replaced by a default of the client's context.
        """
        vals = dict(vals)
        day = fields.Date.to_date(vals.get("request_date"))
        received = fields.Datetime.to_datetime(vals.get("received_at"))
        if not day:
            vals.pop("request_date", None)
        else:
            company = self._company_in(vals)
            if not received or company._day_of(received) != day:
                received = company._reception_of(day, self._calendar_in(vals))
        vals["received_at"] = received or fields.Datetime.now()
        return vals

    @api.model
    def _calendar_in(self, vals):
        """The calendar of the area of a new case with these values, if it has one."""
        area = self.env["atencion.area"].browse(vals.get("area_id") or ())
        area = area or self.env["atencion.case.type"].browse(vals.get("type_id") or ()).area_id
        # sudo: agents have no rights on calendars.
        return area.sudo().resource_calendar_id

    def _inverse_request_date(self):
        for case in self:
            day = case.request_date
            if day and case.company_id._day_of(case.received_at) != day:
                # As a change of the system: who may correct the day was checked with the day.
                case._write_checked({"received_at": case._reception_of(day)})

    def _reception_of(self, day):
        """The moment from which the case counts if it was received on a day.

        It cannot have been received after it was registered.

        :param datetime.date day: of its company
        :return: naive, in UTC
        :rtype: datetime.datetime
        """
        self.ensure_one()
        # sudo: agents have no rights on calendars.
        calendar = self.area_id.sudo().resource_calendar_id
        received = self.company_id._reception_of(day, calendar)
        registered = self.create_date
        if registered and self.company_id._day_of(registered) == day:
            return min(received, registered.replace(microsecond=0))
        return received

    @api.constrains("received_at", "request_date")
    def _check_received_at(self):
        """A case has a request date, which starts its clock and is not in the future."""
        now = fields.Datetime.now()
        for case in self:
            if not case.received_at or not case.request_date:
                raise ValidationError(
                    self.env._(
                        "%(case)s: the request date is empty. Write the day of the request.",
                        case=case.display_name or self.env._("New case"),
                    )
                )
            if case.received_at > now:
                raise ValidationError(
                    self.env._(
                        "%(case)s: the request date cannot be in the future.",
                        case=case.display_name,
                    )
                )
            self._refuse_early(case.company_id, case.received_at, case.display_name)

    @api.model
    def _refuse_early(self, company, moment, name):
        """Refuse a moment in the history of a case before the first day of its company.

        :param datetime.datetime moment: naive, in UTC
        :param str name: what the case is called in the message
        :raise ValidationError: names both days
        """
        day, first = company._day_of(moment), company._first_day()
        if day < first:
            raise ValidationError(
                self.env._(
                    "%(case)s: the date %(day)s is before %(first)s, the first day of requests "
                    "of %(company)s. Correct the date, or let an administrator choose an "
                    "earlier first day in the settings.",
                    case=name,
                    day=format_date(self.env, day),
                    first=format_date(self.env, first),
                    company=company.sudo().name,
                )
            )
