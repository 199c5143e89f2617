from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools import bounds
from ...tools.commands import nested_values

DATE_TYPES = ("date", "datetime")
# Longest part of a refused value that a message shows, in characters.
MAX_SHOWN_LENGTH = 40
# Odoo adds the empty groups between the first and the last date of a chart; a date of long
# ago would make too many of them. Above this number, empty groups are left out.
MAX_GROUPS = 1000
# Shortest length of each interval, in days.
INTERVAL_DAYS = {"hour": 1 / 24, "day": 1, "week": 7, "month": 28, "quarter": 90, "year": 365}


class AtencionBounds(models.AbstractModel):
    """Accepts dates from 1900 to 2100, and numbers from 0 to a maximum.

    Values that a client sends are checked before Odoo reads them: the values of ``create``
    and ``write``, defaults, and forms that are being filled in. Values that the system
    computes are not checked, so that records with older dates keep working.
    """

    _name = "atencion.bounds"
    _description = "Dates and limits within bounds"

    # Maximum value of each number, by field name. The minimum is 0.
    _max_values = {}

    @api.model
    def default_get(self, fields):
        context = self.env.context
        # Odoo converts the defaults of the context at once, and would fail on an invalid one.
        requested = {name: context[key] for name in fields if (key := f"default_{name}") in context}
        self._refuse_out_of_bounds([requested])
        values = super().default_get(fields)
        self._refuse_out_of_bounds([values])
        return values

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_out_of_bounds(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_out_of_bounds([vals])
        return super().write(vals)

    def onchange(self, values, field_names, fields_spec):
        # A form shows stored dates however old they are; they only have to be readable.
        self._refuse_out_of_bounds([values], [bounds.UNREADABLE])
        return super().onchange(values, field_names, fields_spec)

    @api.model
    def _web_read_group_fill_temporal(
        self, groups, groupby, aggregates, fill_from=False, fill_to=False, min_groups=False
    ):
        """Add the empty groups of a chart, unless there would be more than ``MAX_GROUPS``."""
        interval = INTERVAL_DAYS.get(groupby[0].partition(":")[2])
        if self._name.startswith("atencion.") and interval:
            ends = [
                *(group[0] for group in groups),
                *map(fields.Date.to_date, (fill_from, fill_to)),
            ]
            days = [day.toordinal() for day in ends if day] or [0]
            if max((max(days) - min(days)) // interval, min_groups) > MAX_GROUPS:
                return groups
        return super()._web_read_group_fill_temporal(
            groups, groupby, aggregates, fill_from, fill_to, min_groups
        )

    def _is_bounded(self, name, vals):
        """Whether a faulty value of a field must be refused.

        It always is on the models of this addon. Extensions of Odoo's models override this
        method to name their own fields. It is called for faulty values only.

        :param str name: of the field
        :param dict vals: all values that are sent together
        """
        return True

    def _refuse_out_of_bounds(self, vals_list, faults=(bounds.UNREADABLE, bounds.OUTSIDE)):
        """Refuse dates and numbers outside their bounds, also in the lines of one2many fields.

        :param faults: the faults to refuse, codes of ``tools.bounds``
        :raise ValidationError: names the field and the value
        """
        for vals in vals_list:
            for name, value in vals.items():
                field = self._fields.get(name)
                if field and field.type == "one2many" and value:
                    lines = self.env[field.comodel_name]
                    if isinstance(lines, self.pool["atencion.bounds"]):
                        inside = [line for _line_id, line in nested_values(value)]
                        lines._refuse_out_of_bounds(inside, faults)
                    continue
                fault = self._fault(name, value)
                if fault in faults and self._is_bounded(name, vals):
                    raise ValidationError(self._fault_message(name, value, fault))

    @api.model
    def _fault(self, name, value):
        """The fault of a value as a code of ``tools.bounds``, None for a valid value."""
        if name in self._max_values:
            return bounds.number_fault(value, self._max_values[name])
        field = self._fields.get(name)
        if field and field.type in DATE_TYPES:
            return bounds.date_fault(value, is_moment=field.type == "datetime")
        return None

    @api.model
    def _fault_message(self, name, value, fault):
        text = str(value)
        names = {
            "field": self._fields[name]._description_string(self.env),
            "value": text if len(text) <= MAX_SHOWN_LENGTH else f"{text[:MAX_SHOWN_LENGTH]}…",
            "first": bounds.FIRST_DATE.year,
            "last": bounds.LAST_DATE.year,
            "most": self._max_values.get(name),
        }
        if name in self._max_values:
            return self.env._(
                "%(field)s: “%(value)s” is not possible. Write a number from 0 to %(most)s.",
                **names,
            )
        if fault == bounds.UNREADABLE:
            return self.env._(
                "%(field)s: “%(value)s” is not a date. Choose a day of the calendar.", **names
            )
        return self.env._(
            "%(field)s: “%(value)s” is not possible. Write a date from %(first)s to %(last)s.",
            **names,
        )
