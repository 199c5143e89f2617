"""Who may know of a confidential case."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Secret:
    """What decides who may know of a case: ids, empty ones left out.

    ``user_ids`` are its assignee and its legal adviser, ``partner_ids`` its requester
    and its holder.
    """

    is_confidential: bool = True
    company_id: int = 0
    user_ids: frozenset = frozenset()
    partner_ids: frozenset = frozenset()


@dataclass(frozen=True)
class Reader:
    """A person, as one user or, without any, as a partner only.

    ``is_staff``: a user of customer care; ``is_supervisor``: of its supervisors.
    """

    partner_id: int
    user_id: int = 0
    is_staff: bool = False
    is_supervisor: bool = False
    company_ids: frozenset = frozenset()


def may_know(secret: Secret, reader: Reader, internal: bool = False) -> bool:
    """Whether a person may know of a case.

    A case that is not confidential keeps nothing from anybody by this rule.

    :param internal: of what is written among the staff, too

    >>> case = Secret(company_id=1, user_ids=frozenset({7}), partner_ids=frozenset({50}))
    >>> lima = frozenset({1})
    >>> may_know(case, Reader(40, 7, is_staff=True, company_ids=lima))
    True
    >>> may_know(case, Reader(41, 8, is_staff=True, company_ids=lima))
    False
    >>> may_know(case, Reader(41, 8, is_staff=True, is_supervisor=True, company_ids=lima))
    True
    >>> may_know(case, Reader(41, 8, is_staff=True, is_supervisor=True))
    False
    >>> may_know(case, Reader(50)), may_know(case, Reader(50), internal=True)
    (True, False)
    >>> may_know(case, Reader(51)), may_know(Secret(is_confidential=False), Reader(51))
    (False, True)
    """
    if not secret.is_confidential:
        return True
    if not internal and reader.partner_id in secret.partner_ids:
        return True
    involved = reader.is_supervisor or reader.user_id in secret.user_ids
    return reader.is_staff and involved and secret.company_id in reader.company_ids
