"""What the commands of a many2many field refer to, before they are carried out."""

# As ``odoo.fields.Command``: create, update, delete, unlink, link, clear, set.
_ONE_RECORD = (1, 2, 3, 4)
_SET = 6


def referred_ids(value) -> set[int]:
    """The ids of existing records that a value written to a many2many field names.

    Whatever a client may send: commands, plain ids, nothing.

    >>> sorted(referred_ids([(4, 7), (0, 0, {"name": "New"}), (6, 0, [8, 9]), (3, 5, 0)]))
    [5, 7, 8, 9]
    >>> sorted(referred_ids([1, 2])), referred_ids(False)
    ([1, 2], set())
    """
    ids = set()
    for command in value or ():
        if not isinstance(command, (list, tuple)):
            ids.add(command)
        elif command[0] in _ONE_RECORD:
            ids.add(command[1])
        elif command[0] == _SET:
            ids.update(command[2])
    return ids
