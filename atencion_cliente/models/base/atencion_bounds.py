from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools import bounds
from ...tools.commands import nested_values

DATES = ("date", "datetime")
# So much of a refused value is shown.
SHOWN = 40
# A chart shows the empty hours, days, months … between the first and the last one, if
# they are not more. The shortest of each, in days.
MOST_GROUPS = 1000
INTERVALS = {"hour": 1 / 24, "day": 1, "week": 7, "month": 28, "quarter": 90, "year": 365}


class AtencionBounds(models.AbstractModel):
    """Dates from 1900 to 2100, and limits that end some day.

    What a client sends is checked before Odoo reads it, by whichever way it comes: the
    values of ``create`` and ``write``, defaults, and forms that are being filled in. What
    the system computes is not: a case that is older keeps working.
    """

    _name = "atencion.bounds"
    _description = "Dates and limits within bounds"

    # The most that a number may be, by the name of its field. The least is 0.
    _most_allowed = {}

    @api.model
    def default_get(self, fields):
        context = self.env.context
        # Odoo reads these at once.
        asked = {name: context[key] for name in fields if (key := f"default_{name}") in context}
        self._refuse_out_of_bounds([asked])
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
        # A form may show what is stored, however old. Odoo has to be able to read it.
        self._refuse_out_of_bounds([values], [bounds.UNREADABLE])
        return super().onchange(values, field_names, fields_spec)

    @api.model
    def _web_read_group_fill_temporal(
        self, groups, groupby, aggregates, fill_from=False, fill_to=False, min_groups=False
    ):
        """Fill the holes of a chart, unless one date of long ago makes too many of them."""
        interval = INTERVALS.get(groupby[0].partition(":")[2])
        if self._name.startswith("atencion.") and interval:
            ends = [
                *(group[0] for group in groups),
                *map(fields.Date.to_date, (fill_from, fill_to)),
            ]
            days = [day.toordinal() for day in ends if day] or [0]
            if max((max(days) - min(days)) // interval, min_groups) > MOST_GROUPS:
                return groups
        return super()._web_read_group_fill_temporal(
            groups, groupby, aggregates, fill_from, fill_to, min_groups
        )

    def _is_bounded(self, name, vals):
        """Whether a field is bounded: all dates and limits of models of ours are.

        Models of others say which of theirs are, and are asked about faulty values only.

        :param dict vals: all values that are sent together
        """
        return True

    def _refuse_out_of_bounds(self, vals_list, faults=(bounds.UNREADABLE, bounds.OUTSIDE)):
        """Refuse dates and limits that cannot be right, also in lines of records.

        :param faults: those that are refused
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
        """What is wrong with the value of a field, one of the codes of ``tools.bounds``."""
        if name in self._most_allowed:
            return bounds.number_fault(value, self._most_allowed[name])
        field = self._fields.get(name)
        if field and field.type in DATES:
            return bounds.date_fault(value, is_moment=field.type == "datetime")
        return None

    @api.model
    def _fault_message(self, name, value, fault):
        text = str(value)
        names = {
            "field": self._fields[name]._description_string(self.env),
            "value": text if len(text) <= SHOWN else f"{text[:SHOWN]}…",
            "first": bounds.FIRST_DATE.year,
            "last": bounds.LAST_DATE.year,
            "most": self._most_allowed.get(name),
        }
        if name in self._most_allowed:
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
