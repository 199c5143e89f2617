def present(records):
    """Those of some records that exist.

    What is in the cache was read or written in this transaction and not deleted since, so the
    database is only asked for the others.
    """
    read = [record.id for record in records if any(record._cache)]
    known = {*read, *records.filtered(lambda record: record.id not in read).exists()._ids}
    return records.filtered(lambda record: record.id in known)
