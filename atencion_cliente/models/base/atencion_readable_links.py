from collections import defaultdict

from odoo import api, models

from ...tools.commands import nested_values, referred_ids


class AtencionReadableLinks(models.AbstractModel):
    """Refuses links to records that the user may not read.

    Odoo checks the records that a many2many field links when it is written, but a many2one
    accepts any id. The labels, related fields and stored computed fields that Odoo then
    computes as the superuser would reveal what the linked record contains. So every id in
    the values of a form, a call, a file or a context is checked first.

    Links that a record has already are not checked: a user may write the rest of the record
    without reading what it links to. Values that the superuser writes are not checked.
    """

    _name = "atencion.readable.links"
    _description = "Links to readable records"

    # Names of the fields that are checked; None for all. Extensions of models of other addons
    # name the fields that this addon adds.
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

        :param list vals_list: values for these records, or for new records if there are none
        :raise AccessError: as Odoo raises it when the user reads the linked record
        """
        if self.env.su:
            return
        links = defaultdict(lambda: defaultdict(list))
        for vals in vals_list:
            _collect(self, vals, self._checked_links, links)
        for model, sources in links.items():
            if model == "res.users":
                # Everybody reads themselves; to find that out takes three statements.
                sources.pop(self.env.uid, None)
            if not sources:
                continue
            targets = self.env[model].browse(sources)
            unreadable = targets - targets._filtered_access("read")
            new = (one for one in unreadable if not all(map(_already_links(one), sources[one.id])))
            self.env[model].concat(*new).check_access("read")


def _collect(records, vals, names, links):
    """Add the records that values link to.

    :param records: the records that get the values; none for a new record
    :param names: the fields to look at; None for all
    :param dict links: model name → id of the linked record → pairs of the records that get
        the link and the field that holds it
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
    """The name of the model that a field with these values links to, None without a link."""
    if field.relational:
        return field.comodel_name
    if field.type == "reference":
        model = str(vals[field.name] or "").partition(",")[0]
    elif field.type == "many2one_reference":
        model = vals.get(field.model_field) or records[:1].sudo()[field.model_field]
    else:
        return None
    return model if model in records.env else None


def _already_links(target):
    """A function that says whether records link to the target in a field already."""

    def links(source):
        records, field = source
        # sudo: the user may not read everything that the record links to.
        stored = records.sudo().with_context(active_test=False)
        return bool(records) and all(_links_to(record[field.name], target) for record in stored)

    return links


def _links_to(value, target):
    if isinstance(value, models.BaseModel):
        return value._name == target._name and target.id in value.ids
    return value == target.id
