from collections import defaultdict

from odoo import api, models

from ...tools.commands import nested_values, referred_ids

MULTI = ("many2many", "one2many")


class AtencionReadableLinks(models.AbstractModel):
    """Records that link only to what their user may read.

    Odoo checks what a many2many field links, once it is written. A many2one takes any id;
    then the labels, the related fields and the stored computes that Odoo makes as the
    superuser tell what the record behind the id holds. So every id that comes with the
    values of a form, a call, a file or a context is checked first.

    What a record links to already stays as it is: its user need not read it to write the
    rest of the record. What the superuser writes is not checked.
    """

    _name = "atencion.readable.links"
    _description = "Links to readable records"

    # The fields that are checked: those of ours on a model of another addon. None: all.
    _checked_links = None

    @api.model
    def default_get(self, fields):
        defaults = super().default_get(fields)
        self._check_links([defaults])
        return defaults

    @api.model_create_multi
    def create(self, vals_list):
        self.browse()._check_links(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        self._check_links([vals])
        return super().write(vals)

    def onchange(self, values, field_names, fields_spec):
        self._check_links([values])
        return super().onchange(values, field_names, fields_spec)

    def _check_links(self, vals_list):
        """Refuse values that link to a record which the user may not read.

        :param list vals_list: values of the records, or of new ones if there are none
        :raise AccessError: the same as if the user had read the record
        """
        if self.env.su:
            return
        links = defaultdict(lambda: defaultdict(list))
        for vals in vals_list:
            _collect(self, vals, self._checked_links, links)
        for model, places in links.items():
            targets = self.env[model].browse(places)
            hidden = targets - targets._filtered_access("read")
            new = (one for one in hidden if not all(map(_has(one), places[one.id])))
            self.env[model].concat(*new).check_access("read")


def _collect(records, vals, names, links):
    """Add what values link to.

    :param records: that the values are for; none if they are for a new one
    :param names: of the fields that are looked at; None for all
    :param dict links: places by id by model; a place is records and a field of theirs
    """
    fields = records._fields
    for name in vals if names is None else names & vals.keys():
        field = fields.get(name)
        if not field:
            continue
        model = _linked_model(records, field, vals)
        if not model:
            continue
        value = vals[name]
        if field.type == "reference":
            value = str(value or "").partition(",")[2]
        for record_id in referred_ids(value):
            links[model][record_id].append((records, field))
        for record_id, nested in nested_values(value):
            _collect(records.env[model].browse(record_id or ()), nested, None, links)


def _linked_model(records, field, vals):
    """The name of the model that a field links to with these values, None if it links to none."""
    if field.relational:
        return field.comodel_name
    if field.type == "reference":
        model = str(vals[field.name] or "").partition(",")[0]
    elif field.type == "many2one_reference":
        model = vals.get(field.model_field) or records[:1].sudo()[field.model_field]
    else:
        return None
    return model if model in records.env else None


def _has(target):
    """Tells whether all records of a place link to a target already."""

    def holds(place):
        records, field = place
        # sudo: what the record links to need not be what its user reads.
        stored = records.sudo().with_context(active_test=False)
        return bool(records) and all(_links_to(record[field.name], target) for record in stored)

    return holds


def _links_to(value, target):
    if isinstance(value, models.BaseModel):
        return value._name == target._name and target.id in value.ids
    return value == target.id
