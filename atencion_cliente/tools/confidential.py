"""Who may know of a confidential case."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Restriction:
    """What restricts who may know of a case.

    ``user_ids``: the ids of its assignee and its legal adviser. ``partner_ids``: the ids of
    its requester and its holder. What is not set is left out.
    """

    is_confidential: bool = True
    company_id: int = 0
    user_ids: frozenset = frozenset()
    partner_ids: frozenset = frozenset()


@dataclass(frozen=True)
class Reader:
    """A person: a user with their partner, or only a partner (``user_id`` is 0).

    ``is_staff``: an active user of customer care. ``sees_all``: one of its supervisors or
    auditors.
    """

    partner_id: int
    user_id: int = 0
    is_staff: bool = False
    sees_all: bool = False
    company_ids: frozenset = frozenset()


def may_know(case: Restriction, reader: Reader, internal: bool = False) -> bool:
    """Whether a person may know of a case.

    Everybody may, unless the case is confidential. Then its assignee, its legal adviser,
    supervisors and auditors may, if they have access to its company; its requester and its
    holder may know what is not internal.

    :param internal: whether it is about what the staff write among themselves

    >>> case = Restriction(company_id=1, user_ids=frozenset({7}), partner_ids=frozenset({50}))
    >>> lima = frozenset({1})
    >>> may_know(case, Reader(40, 7, is_staff=True, company_ids=lima))
    True
    >>> may_know(case, Reader(41, 8, is_staff=True, company_ids=lima))
    False
    >>> may_know(case, Reader(41, 8, is_staff=True, sees_all=True, company_ids=lima))
    True
    >>> may_know(case, Reader(41, 8, is_staff=True, sees_all=True))
    False
    >>> may_know(case, Reader(50)), may_know(case, Reader(50), internal=True)
    (True, False)
    >>> may_know(case, Reader(51)), may_know(Restriction(is_confidential=False), Reader(51))
    (False, True)
    """
    if not case.is_confidential:
        return True
    if not internal and reader.partner_id in case.partner_ids:
        return True
    involved = reader.sees_all or reader.user_id in case.user_ids
    return reader.is_staff and involved and case.company_id in reader.company_ids
