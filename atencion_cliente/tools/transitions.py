"""When a case may change its state.

The matrix of allowed moves is data; here are the conditions of a move, read
from the flags of both stages (design, section 5).
"""

from dataclasses import dataclass

NOTE_MISSING = "note_missing"
REASON_MISSING = "reason_missing"
NOT_ALLOWED = "not_allowed"
NO_PENDING_DOCUMENT = "no_pending_document"
DOCUMENTS_MISSING = "documents_missing"
AREA_MISSING = "area_missing"
RESOLUTION_MISSING = "resolution_missing"


@dataclass(frozen=True)
class Stage:
    """The flags of a stage that decide a move."""

    is_closed: bool = False
    restarts_clock: bool = False
    requires_resolution: bool = False
    requires_area_change: bool = False
    requires_pending_document: bool = False
    waits_for_documents: bool = False


@dataclass(frozen=True)
class Move:
    """A change of state that somebody asks for.

    ``allowed``: the matrix holds the move. ``forced``: a supervisor insists.
    """

    origin: Stage
    target: Stage
    allowed: bool
    has_note: bool = True
    has_resolution: bool = False
    changes_area: bool = False
    has_pending_document: bool = False
    misses_mandatory_document: bool = False
    forced: bool = False


def begins_work(move: Move) -> bool:
    """Whether the move leaves the wait for documents to work on the case.

    Transferring it, answering it or going on waiting is no such move.
    """
    target = move.target
    return move.origin.waits_for_documents and not (
        target.waits_for_documents or target.is_closed or target.requires_area_change
    )


def refusals(move: Move) -> list[str]:
    """The conditions that a move fails, in the order in which to tell them.

    Force overrides the matrix and the documents. It never overrides the note,
    the area of a transfer nor the resolution: a case is not closed without its
    conditions.

    >>> refusals(Move(Stage(), Stage(requires_resolution=True), allowed=True))
    ['resolution_missing']
    >>> refusals(Move(Stage(is_closed=True), Stage(), allowed=False, forced=True))
    []
    """
    target = move.target
    wants_reason = target.restarts_clock or (target.is_closed and not target.requires_resolution)
    note_code = REASON_MISSING if wants_reason else NOTE_MISSING
    conditions = [
        (not move.allowed and not move.forced, NOT_ALLOWED),
        (not move.has_note, note_code),
        (
            target.requires_pending_document and not move.has_pending_document and not move.forced,
            NO_PENDING_DOCUMENT,
        ),
        (
            begins_work(move) and move.misses_mandatory_document and not move.forced,
            DOCUMENTS_MISSING,
        ),
        (target.requires_area_change and not move.changes_area, AREA_MISSING),
        (target.requires_resolution and not move.has_resolution, RESOLUTION_MISSING),
    ]
    return [code for fails, code in conditions if fails]
