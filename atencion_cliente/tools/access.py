"""What ``_check_access`` of a model answers: records that are refused, and the error."""


def also_refused(result, records, error):
    """The answer of ``super()._check_access`` with other records that are refused, too.

    :param result: None, or a pair of records and of a function that makes the error
    :param records: those that are refused besides
    :param error: makes their error, if nothing else was refused
    """
    if not records:
        return result
    if not result:
        return records, error
    return result[0] | records, result[1]
