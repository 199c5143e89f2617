"""Which documents a case asks for, and where it stands as they arrive.

A type of case requires documents; a requirement may be for one kind of requester
only. What is listed on a case follows its type and its requester, and nothing that
arrived is ever dropped.
"""

from dataclasses import dataclass

# The states of a document that is not missing any more.
DONE = ("received", "waived")

# Where the documents of a case have it.
WAIT = "wait"
TRANSIT = "transit"
WORK = "work"


@dataclass(frozen=True)
class Requirement:
    """A document that a type requires.

    ``relation``: the kind of requester it is for, empty for every one.
    """

    key: int
    name: str
    relation: str = ""
    mandatory: bool = True


@dataclass(frozen=True)
class Line:
    """A document that a case lists.

    ``requirement``: the key of what asks for it, None if an agent does.
    ``untouched``: it is pending, and nothing was said about it nor attached to it.
    """

    key: int
    name: str
    requirement: int | None = None
    untouched: bool = True


@dataclass(frozen=True)
class Revision:
    """What changes in the list of a case, in keys.

    ``added``: requirements that no line answers. ``taken``: lines, each with the
    requirement that it answers from now on. ``dropped``: lines that nobody needs any
    more. ``released``: lines that are kept, though nothing requires them any more.
    """

    added: tuple[int, ...] = ()
    taken: tuple[tuple[int, int], ...] = ()
    dropped: tuple[int, ...] = ()
    released: tuple[int, ...] = ()


def same_name(name: str) -> str:
    """What two names of one document have in common.

    >>> same_name(" Identity  Card") == same_name("identity card")
    True
    """
    return " ".join(name.split()).casefold()


def applicable(requirements, relation) -> list[Requirement]:
    """The requirements that a kind of requester has to meet, in their order.

    Of two for the same document, the one for his kind counts, and not the one for
    every requester: so a document is mandatory for one kind and optional for another.

    >>> card = Requirement(1, "Card")
    >>> tenant = Requirement(2, "Card", "tenant", mandatory=False)
    >>> [found.key for found in applicable([card, tenant], "tenant")]
    [2]
    >>> [found.key for found in applicable([card, tenant], "holder")]
    [1]
    """
    chosen = {}
    for requirement in requirements:
        if requirement.relation not in ("", relation or ""):
            continue
        name = same_name(requirement.name)
        rival = chosen.get(name)
        if rival is None or _rank(requirement) > _rank(rival):
            chosen[name] = requirement
    return [requirement for requirement in requirements if requirement in chosen.values()]


def _rank(requirement):
    return bool(requirement.relation), requirement.mandatory


def revise(lines, required) -> Revision:
    """How the list of a case follows what its type requires now.

    A line of the same name answers a requirement, whoever asked for it before.

    >>> revise([Line(7, "Card", requirement=1)], [Requirement(2, "card")]).taken
    ((7, 2),)
    >>> revise([Line(7, "Letter", requirement=1, untouched=False)], []).released
    (7,)
    """
    keys = {requirement.key for requirement in required}
    free = [line for line in lines if line.requirement not in keys]
    answered = {line.requirement for line in lines} & keys
    added, taken = [], []
    for requirement in required:
        if requirement.key in answered:
            continue
        name = same_name(requirement.name)
        line = next((line for line in free if same_name(line.name) == name), None)
        if line is None:
            added.append(requirement.key)
        else:
            free.remove(line)
            taken.append((line.key, requirement.key))
    left = [line for line in free if line.requirement is not None]
    return Revision(
        added=tuple(added),
        taken=tuple(taken),
        dropped=tuple(line.key for line in left if line.untouched),
        released=tuple(line.key for line in left if not line.untouched),
    )


@dataclass(frozen=True)
class Standing:
    """Where a case stands after a change of its documents.

    ``waits``: it cannot be worked on without its mandatory documents.
    ``awaits``: of such states, it is in the one of which nothing has arrived.
    ``missing``: mandatory documents are neither received nor waived.
    ``arrived``, ``settled``, ``rejected``: the change brought a document, at least on
    its way; left one less to wait for; or turned a mandatory one down.
    """

    waits: bool
    awaits: bool
    missing: bool
    arrived: bool = False
    settled: bool = False
    rejected: bool = False


def next_step(standing: Standing) -> str | None:
    """Where a case moves by itself as its documents change, None if it stays.

    A mandatory document turned down puts the case back, whatever else arrived.

    >>> next_step(Standing(waits=True, awaits=True, missing=True, arrived=True))
    'transit'
    >>> next_step(Standing(waits=True, awaits=False, missing=False, settled=True))
    'work'
    >>> next_step(Standing(waits=False, awaits=False, missing=True, rejected=True))
    'wait'
    """
    if standing.rejected:
        return None if standing.awaits else WAIT
    if not standing.waits:
        return None
    if not standing.missing:
        return WORK if standing.arrived or standing.settled else None
    return TRANSIT if standing.awaits and standing.arrived else None
