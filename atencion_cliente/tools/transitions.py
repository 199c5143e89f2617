"""When a case may change its state.

The matrix of allowed moves is data; here are the conditions of a move, read
from the flags of both stages, and what it changes.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

NOTE_MISSING = "note_missing"
REASON_MISSING = "reason_missing"
NOT_ALLOWED = "not_allowed"
NO_PENDING_DOCUMENT = "no_pending_document"
DOCUMENTS_MISSING = "documents_missing"
AREA_MISSING = "area_missing"
RESOLUTION_MISSING = "resolution_missing"
STAGE_ARCHIVED = "stage_archived"
AREA_ARCHIVED = "area_archived"
TYPE_ARCHIVED = "type_archived"
CATEGORY_ARCHIVED = "category_archived"
PROPERTY_ARCHIVED = "property_archived"

# How a case was solved and answered: one that is reopened has neither.
SOLVED = ("resolution", "response")


@dataclass(frozen=True)
class Stage:
    """The flags of a stage that decide a move."""

    is_closed: bool = False
    restarts_clock: bool = False
    requires_resolution: bool = False
    requires_area_change: bool = False
    requires_pending_document: bool = False
    waits_for_documents: bool = False
    pauses_clock: bool = False


@dataclass(frozen=True)
class Move:
    """A change of state that somebody asks for.

    ``allowed``: the matrix holds the move. ``forced``: a supervisor insists. ``area_archived``:
    the area that the case goes to, or stays in, is archived. ``type_archived``,
    ``category_archived`` and ``property_archived``: those of the case are.
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
    target_archived: bool = False
    area_archived: bool = False
    type_archived: bool = False
    category_archived: bool = False
    property_archived: bool = False


def begins_work(move: Move) -> bool:
    """Whether the move leaves the wait for documents to work on the case.

    A transfer, a closing and another waiting state are not.
    """
    target = move.target
    return move.origin.waits_for_documents and not (
        target.waits_for_documents or target.is_closed or target.requires_area_change
    )


def opens(move: Move) -> bool:
    """Whether the move makes an open case of a closed one, in whatever state."""
    return move.target.restarts_clock or (move.origin.is_closed and not move.target.is_closed)


def refusals(move: Move) -> list[str]:
    """The conditions that a move fails, in the order in which they are shown.

    Force overrides the matrix and the documents. It never overrides the note,
    the area of a transfer nor the resolution: a case is not closed without its
    conditions. What is archived is no destination: neither a state, nor the area of
    a case that is transferred or reopened, nor the type, category or property of one that is
    reopened.

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
        (move.target_archived, STAGE_ARCHIVED),
        (
            move.area_archived and (target.requires_area_change or opens(move)),
            AREA_ARCHIVED,
        ),
        (move.type_archived and opens(move), TYPE_ARCHIVED),
        (move.category_archived and opens(move), CATEGORY_ARCHIVED),
        (move.property_archived and opens(move), PROPERTY_ARCHIVED),
    ]
    return [code for fails, code in conditions if fails]


@dataclass(frozen=True)
class Standing:
    """What a change of state changes of a case by itself.

    Moments are in UTC, ``attention_date`` is a day of the company.
    """

    stage_since: datetime | None = None
    paused_since: datetime | None = None
    closed_at: datetime | None = None
    attention_date: date | None = None
    reactivated_at: datetime | None = None
    reopen_count: int = 0
    reopening: int = 1
    stage_entry: int = 1


def enter(
    standing: Standing, stage: Stage, moment: datetime, day: date, by_rule: bool = False
) -> Standing:
    """The case once it has entered a stage.

    A pause that goes on keeps its beginning. A case that is closed was attended. A
    reopened one counts one reopening more, and is not attended yet.

    :param day: of the moment, for the company
    :param by_rule: a rule moves the case: that is no new entry into the state for rules that
        count the hours in it, which would fire for ever otherwise

    >>> noon = datetime(2025, 1, 6, 12)
    >>> closed = enter(Standing(), Stage(is_closed=True), noon, noon.date())
    >>> closed.closed_at == noon, closed.attention_date, closed.stage_entry
    (True, datetime.date(2025, 1, 6), 2)
    >>> again = enter(closed, Stage(restarts_clock=True), noon, noon.date())
    >>> again.closed_at, again.attention_date, again.reopening, again.reopen_count
    (None, None, 2, 1)
    """
    after = replace(
        standing,
        stage_since=moment,
        paused_since=(standing.paused_since or moment) if stage.pauses_clock else None,
        closed_at=moment if stage.is_closed else None,
        stage_entry=standing.stage_entry + (not by_rule),
    )
    if stage.is_closed and not after.attention_date:
        after = replace(after, attention_date=day)
    if stage.restarts_clock:
        after = replace(
            after,
            attention_date=None,
            reactivated_at=moment,
            reopen_count=standing.reopen_count + 1,
            reopening=standing.reopening + 1,
        )
    return after
