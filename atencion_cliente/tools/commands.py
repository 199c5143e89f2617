"""Finds the records and nested values in values of relational fields, before they are written."""

# As ``odoo.fields.Command``: create, update, delete, unlink, link, clear, set.
_CREATE = 0
_UPDATE = 1
_ONE_RECORD = (1, 2, 3, 4)
_SET = 6


def referred_ids(value=None) -> set[int]:
    """The ids of existing records in a value of a relational field.

    The value may be an id, commands, a list of ids, a record as a dictionary, or empty. Ids in
    other notations, such as texts, are included, because PostgreSQL would accept them.

    >>> sorted(referred_ids([(4, 7), (0, 0, {"name": "New"}), (6, 0, [8, 9]), (3, 5, 0)]))
    [5, 7, 8, 9]
    >>> sorted(referred_ids([1, 2])), referred_ids(False), referred_ids([(5, 0, 0)])
    ([1, 2], set(), set())
    >>> referred_ids(7), referred_ids("7"), referred_ids({"id": 7}), referred_ids("virtual_7")
    ({7}, {7}, {7}, set())
    """
    if not isinstance(value, (list, tuple)):
        return _ids_of(value)
    ids = set()
    for command in value:
        if not isinstance(command, (list, tuple)):
            ids |= _ids_of(command)
        elif command[:1] and command[0] in _ONE_RECORD:
            ids |= _ids_of(*command[1:2])
        elif command[:1] and command[0] == _SET:
            ids |= referred_ids(*command[2:3])
    return ids


def nested_values(value) -> list[tuple[int | None, dict]]:
    """The nested values of records in a value of a relational field.

    :return: pairs of the id of the record, None for a new one, and its values

    >>> nested_values([(0, 0, {"a": 1}), (1, 7, {"b": 2}), (4, 8)])
    [(None, {'a': 1}), (7, {'b': 2})]
    >>> nested_values({"id": 7, "b": 2}), nested_values(7)
    ([(7, {'id': 7, 'b': 2})], [])
    """
    if isinstance(value, dict):
        return [(next(iter(_ids_of(value)), None), value)]
    if not isinstance(value, (list, tuple)):
        return []
    nested = []
    for command in value:
        if isinstance(command, dict):
            nested += nested_values(command)
        elif _carries_values(command):
            known = _ids_of(command[1]) if command[0] == _UPDATE else ()
            nested.append((next(iter(known), None), command[2]))
    return nested


def _carries_values(command):
    return (
        isinstance(command, (list, tuple))
        and len(command) == 3
        and command[0] in (_CREATE, _UPDATE)
        and isinstance(command[2], dict)
    )


def _ids_of(value=None):
    """The id that a value stands for, empty if it is not an existing record."""
    if isinstance(value, dict):
        value = value.get("id")
    if isinstance(value, (int, float)):
        return {int(value)} if value else set()
    if isinstance(value, str):
        digits = value.strip().removeprefix("+")
        return {int(digits)} if digits.isdecimal() and int(digits) else set()
    # A recordset, or Odoo's ``NewId``, which may have the id of its saved record as origin.
    origin = getattr(value, "ids", None) or [getattr(value, "origin", None)]
    return set(filter(None, origin))
