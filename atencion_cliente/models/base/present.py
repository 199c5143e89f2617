def present(records):
    """Those of some records that exist.

    What is in the cache was read or written in this transaction and not deleted since, so the
    database is only asked for the others.
    """
    read = records.filtered(lambda record: any(record._cache))
    known = {*read._ids, *(records - read).exists()._ids}
    return records.filtered(lambda record: record.id in known)
