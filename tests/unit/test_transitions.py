from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.transitions import (
    AREA_ARCHIVED,
    AREA_MISSING,
    CATEGORY_ARCHIVED,
    DOCUMENTS_MISSING,
    NO_PENDING_DOCUMENT,
    NOT_ALLOWED,
    NOTE_MISSING,
    PROPERTY_ARCHIVED,
    REASON_MISSING,
    RESOLUTION_MISSING,
    STAGE_ARCHIVED,
    TYPE_ARCHIVED,
    Move,
    Stage,
    begins_work,
    refusals,
)

WRC = Stage(requires_pending_document=True, waits_for_documents=True)
RIT = Stage(waits_for_documents=True)
PRO = WCE = Stage()
TRA = Stage(requires_area_change=True)
REA = Stage(restarts_clock=True)
CLO = Stage(is_closed=True, requires_resolution=True)
REJ = Stage(is_closed=True)
# What force never overrides: a case is not closed, moved or told without it.
ALWAYS = {
    NOTE_MISSING,
    REASON_MISSING,
    AREA_MISSING,
    RESOLUTION_MISSING,
    STAGE_ARCHIVED,
    AREA_ARCHIVED,
    TYPE_ARCHIVED,
    CATEGORY_ARCHIVED,
    PROPERTY_ARCHIVED,
}
# Origin, target, what is amiss; what refuses the move.
TABLE = [
    (PRO, WCE, {}, []),
    (PRO, WCE, {"has_note": False}, [NOTE_MISSING]),
    (PRO, WCE, {"allowed": False}, [NOT_ALLOWED]),
    (PRO, WRC, {}, [NO_PENDING_DOCUMENT]),
    (PRO, WRC, {"has_pending_document": True}, []),
    (WRC, PRO, {"misses_mandatory_document": True}, [DOCUMENTS_MISSING]),
    (RIT, PRO, {"misses_mandatory_document": True}, [DOCUMENTS_MISSING]),
    (WRC, RIT, {"misses_mandatory_document": True}, []),
    (WRC, REJ, {"misses_mandatory_document": True}, []),
    (PRO, WCE, {"misses_mandatory_document": True}, []),
    (PRO, TRA, {}, [AREA_MISSING]),
    (RIT, TRA, {"changes_area": True, "misses_mandatory_document": True}, []),
    (PRO, CLO, {}, [RESOLUTION_MISSING]),
    (PRO, CLO, {"has_resolution": True, "has_note": False}, [NOTE_MISSING]),
    (PRO, REJ, {"has_note": False}, [REASON_MISSING]),
    (CLO, REA, {"has_note": False}, [REASON_MISSING]),
    # What is archived is no destination, and force does not make it one.
    (PRO, WCE, {"target_archived": True, "forced": True}, [STAGE_ARCHIVED]),
    (PRO, TRA, {"changes_area": True, "area_archived": True, "forced": True}, [AREA_ARCHIVED]),
    (CLO, REA, {"area_archived": True, "forced": True}, [AREA_ARCHIVED]),
    (CLO, PRO, {"area_archived": True, "forced": True}, [AREA_ARCHIVED]),
    (CLO, REJ, {"area_archived": True}, []),
    (PRO, WCE, {"area_archived": True}, []),
    (PRO, REJ, {"area_archived": True}, []),
    (CLO, REA, {"type_archived": True, "forced": True}, [TYPE_ARCHIVED]),
    (CLO, PRO, {"type_archived": True, "forced": True}, [TYPE_ARCHIVED]),
    (CLO, REA, {"category_archived": True}, [CATEGORY_ARCHIVED]),
    (CLO, REJ, {"type_archived": True, "category_archived": True}, []),
    (CLO, REA, {"property_archived": True, "forced": True}, [PROPERTY_ARCHIVED]),
    (CLO, PRO, {"property_archived": True, "forced": True}, [PROPERTY_ARCHIVED]),
    (CLO, REJ, {"property_archived": True}, []),
    (PRO, WCE, {"property_archived": True}, []),
    # A case that is open goes on, and leaves what was archived around it.
    (PRO, WCE, {"type_archived": True, "category_archived": True}, []),
    (PRO, TRA, {"changes_area": True, "type_archived": True}, []),
    (
        PRO,
        CLO,
        {"allowed": False, "has_note": False},
        [NOT_ALLOWED, NOTE_MISSING, RESOLUTION_MISSING],
    ),
]
stages = st.builds(Stage, *[st.booleans()] * 6)
moves = st.builds(Move, stages, stages, *[st.booleans()] * 11)


@pytest.mark.parametrize(("origin", "target", "facts", "expected"), TABLE)
def test_conditions_of_a_move(origin, target, facts, expected):
    assert refusals(Move(origin, target, **({"allowed": True} | facts))) == expected


@given(moves)
def test_force_never_overrides_note_area_nor_resolution(move):
    plain = set(refusals(replace(move, forced=False)))
    assert set(refusals(replace(move, forced=True))) == plain & ALWAYS


@given(moves)
def test_meeting_every_condition_lets_any_move_pass(move):
    ready = replace(
        move,
        allowed=True,
        has_note=True,
        has_resolution=True,
        changes_area=True,
        has_pending_document=True,
        misses_mandatory_document=False,
        target_archived=False,
        area_archived=False,
        type_archived=False,
        category_archived=False,
        property_archived=False,
    )
    assert refusals(ready) == []


@given(moves)
def test_a_condition_is_told_once(move):
    told = refusals(move)
    assert len(told) == len(set(told))
    assert not {NOTE_MISSING, REASON_MISSING} <= set(told)


@given(moves)
def test_what_is_missing_is_told_only_where_it_is_required(move):
    told = refusals(move)
    assert move.target.requires_resolution or RESOLUTION_MISSING not in told
    assert move.target.requires_area_change or AREA_MISSING not in told
    assert move.target.requires_pending_document or NO_PENDING_DOCUMENT not in told
    assert move.origin.waits_for_documents or DOCUMENTS_MISSING not in told


@given(moves)
def test_note_is_always_asked_for(move):
    told = set(refusals(replace(move, has_note=False)))
    assert told & {NOTE_MISSING, REASON_MISSING}


@given(moves)
def test_work_begins_only_by_leaving_the_wait(move):
    if begins_work(move):
        assert move.origin.waits_for_documents
        assert not move.target.waits_for_documents
        assert not move.target.is_closed
