"""The required documents of a case, and how it changes state as they arrive.

A case type requires documents (recaudos); a requirement may be for one kind of requester
only. The documents listed on a case follow its type and its requester. A document that
arrived is never removed.
"""

from dataclasses import dataclass

# States of a document that is not missing.
DONE_STATES = ("received", "waived")

# The automatic steps of a case.
WAIT = "wait"
TRANSIT = "transit"
WORK = "work"


@dataclass(frozen=True)
class Requirement:
    """A document that a case type requires.

    ``relation``: the kind of requester that it is required of, empty for all of them.
    """

    key: int
    name: str
    relation: str = ""
    mandatory: bool = True


@dataclass(frozen=True)
class ListedDocument:
    """A document that is listed on a case.

    ``requirement``: key of the requirement, None if an agent added the document.
    ``untouched``: it is pending, without a reason and without files.
    """

    key: int
    name: str
    requirement: int | None = None
    untouched: bool = True


@dataclass(frozen=True)
class Revision:
    """The changes of the documents listed on a case, in keys.

    ``added``: requirements that need a new document. ``matched``: pairs of a listed document
    and the requirement that it belongs to from now on. ``removed``: untouched documents that
    are not required any more. ``kept``: other documents that are not required any more, and
    stay without a requirement.
    """

    added: tuple[int, ...] = ()
    matched: tuple[tuple[int, int], ...] = ()
    removed: tuple[int, ...] = ()
    kept: tuple[int, ...] = ()


def same_name(name: str) -> str:
    """A key by which two names are of the same document.

    >>> same_name(" Identity  Card") == same_name("identity card")
    True
    """
    return " ".join(name.split()).casefold()


def applicable(requirements, relation) -> list[Requirement]:
    """The requirements that apply to a kind of requester, in their order.

    If two requirements are for the same document, the one for that kind of requester has
    priority over the one for all requesters.

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


def revise(listed, required) -> Revision:
    """Compare the listed documents of a case with the documents that it requires now.

    A listed document without an applicable requirement is matched to a requirement with the
    same name.

    :param listed: ``ListedDocument`` objects of the case
    :param required: the ``Requirement`` objects that apply

    >>> revise([ListedDocument(7, "Card", requirement=1)], [Requirement(2, "card")]).matched
    ((7, 2),)
    >>> revise([ListedDocument(7, "Letter", requirement=1, untouched=False)], []).kept
    (7,)
    """
    keys = {requirement.key for requirement in required}
    free = [document for document in listed if document.requirement not in keys]
    answered = {document.requirement for document in listed} & keys
    added, matched = [], []
    for requirement in required:
        if requirement.key in answered:
            continue
        name = same_name(requirement.name)
        document = next((document for document in free if same_name(document.name) == name), None)
        if document is None:
            added.append(requirement.key)
        else:
            free.remove(document)
            matched.append((document.key, requirement.key))
    left = [document for document in free if document.requirement is not None]
    return Revision(
        added=tuple(added),
        matched=tuple(matched),
        removed=tuple(document.key for document in left if document.untouched),
        kept=tuple(document.key for document in left if not document.untouched),
    )


def assign(listed, required) -> dict[int, int | None]:
    """Assign the documents that a new case lists to the requirements with their names.

    Clients may send the lines that the form proposed without their requirements, or twice.
    Of the documents for one requirement, the first that was touched counts, else the first.
    Another touched one stays without a requirement, untouched ones are left out.

    :param listed: ``ListedDocument`` objects, in their order
    :param required: the ``Requirement`` objects that apply
    :return: the key of its requirement, None without one, by the key of each listed document
        that stays

    >>> assign([ListedDocument(0, "card"), ListedDocument(1, "Plan")], [Requirement(7, "Card")])
    {0: 7, 1: None}
    >>> assign([ListedDocument(0, "Card", 7), ListedDocument(1, "Card")], [Requirement(7, "Card")])
    {0: 7}
    """
    by_name = {same_name(requirement.name): requirement.key for requirement in required}
    wanted = {
        document.key: document.requirement or by_name.get(same_name(document.name))
        for document in listed
    }
    counting = {}
    for document in sorted(listed, key=lambda document: document.untouched):
        counting.setdefault(wanted[document.key], document.key)
    assigned = {}
    for document in listed:
        requirement = wanted[document.key]
        if requirement is None or counting[requirement] == document.key:
            assigned[document.key] = requirement
        elif not document.untouched:
            assigned[document.key] = None
    return assigned


@dataclass(frozen=True)
class DocumentProgress:
    """The state of a case and its documents after a change of its documents.

    ``waits_for_documents``, ``requires_pending_document``: flags of the state of the case.
    ``missing``: whether mandatory documents are neither received nor waived.
    ``arrived``: whether the change set a document to in transit or received.
    ``fewer_missing``: whether the change received, waived or removed a document.
    ``rejected``: whether the change rejected a mandatory document.
    """

    waits_for_documents: bool
    requires_pending_document: bool
    missing: bool
    arrived: bool = False
    fewer_missing: bool = False
    rejected: bool = False


def next_step(progress: DocumentProgress) -> str | None:
    """The automatic step of a case after a change of its documents, None if it stays.

    ``WORK``: no mandatory document is missing any more. ``TRANSIT``: the first document has
    arrived or is on its way. ``WAIT``: a mandatory document was rejected, whatever else
    arrived.

    >>> next_step(DocumentProgress(True, True, missing=True, arrived=True))
    'transit'
    >>> next_step(DocumentProgress(True, False, missing=False, fewer_missing=True))
    'work'
    >>> next_step(DocumentProgress(False, False, missing=True, rejected=True))
    'wait'
    """
    if progress.rejected:
        return None if progress.requires_pending_document else WAIT
    if not progress.waits_for_documents:
        return None
    if not progress.missing:
        return WORK if progress.arrived or progress.fewer_missing else None
    return TRANSIT if progress.requires_pending_document and progress.arrived else None
