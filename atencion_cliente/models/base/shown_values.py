"""The values of a record as a text that people read: in logs, in their language."""


def shown_values(record, names):
    """The labels and values of some fields, as one text.

    :param record: one record; whoever asks for the text may read all of it
    :param names: of its fields
    :rtype: str
    """
    # sudo: values link to records that the user may not read, and are only named.
    record = record.sudo()
    labels = record.fields_get(names, ["string"])
    return ", ".join(f"{labels[name]['string']}: {_shown(record, name)}" for name in names)


def _shown(record, name):
    field, value = record._fields[name], record[name]
    if field.type == "boolean":
        return record.env._("yes") if value else record.env._("no")
    return field.convert_to_export(value, record) or "–"
