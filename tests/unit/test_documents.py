from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.documents import (
    TRANSIT,
    WAIT,
    WORK,
    DocumentProgress,
    ListedDocument,
    Requirement,
    applicable,
    assign,
    next_step,
    revise,
    same_name,
)

NAMES = ("Card", "card ", "Letter", "Photographs", "Deed")
RELATIONS = ("", "holder", "tenant")
requirements = st.lists(
    st.builds(
        Requirement,
        key=st.integers(1, 99),
        name=st.sampled_from(NAMES),
        relation=st.sampled_from(RELATIONS),
        mandatory=st.booleans(),
    ),
    max_size=8,
    unique_by=lambda requirement: requirement.key,
)
lines = st.lists(
    st.builds(
        ListedDocument,
        key=st.integers(1, 99),
        name=st.sampled_from(NAMES),
        requirement=st.none() | st.integers(1, 99),
        untouched=st.booleans(),
    ),
    max_size=8,
    unique_by=lambda line: line.key,
)
WRC = DocumentProgress(waits_for_documents=True, requires_pending_document=True, missing=True)
RIT = DocumentProgress(waits_for_documents=True, requires_pending_document=False, missing=True)
PRO = DocumentProgress(waits_for_documents=False, requires_pending_document=False, missing=False)
# What changed, and where the case goes.
TABLE = [
    (WRC, {}, None),
    (WRC, {"arrived": True}, TRANSIT),
    (WRC, {"fewer_missing": True}, None),
    (WRC, {"rejected": True}, None),
    (WRC, {"arrived": True, "rejected": True}, None),
    (WRC, {"missing": False}, None),
    (WRC, {"missing": False, "fewer_missing": True}, WORK),
    (WRC, {"missing": False, "arrived": True}, WORK),
    (RIT, {"arrived": True}, None),
    (RIT, {"missing": False, "fewer_missing": True}, WORK),
    (RIT, {"rejected": True}, WAIT),
    (RIT, {"rejected": True, "arrived": True}, WAIT),
    (PRO, {"rejected": True, "missing": True}, WAIT),
    (PRO, {"arrived": True, "fewer_missing": True}, None),
]


@pytest.mark.parametrize(("progress", "change", "step"), TABLE)
def test_where_a_case_moves(progress, change, step):
    assert next_step(replace(progress, **change)) == step


@given(st.builds(DocumentProgress, *(st.booleans() for _ in range(6))))
def test_a_case_moves_only_for_a_reason(progress):
    step = next_step(progress)
    if not (progress.arrived or progress.fewer_missing or progress.rejected):
        assert step is None
    if step == WORK:
        assert progress.waits_for_documents and not progress.missing and not progress.rejected
    if step == WAIT:
        assert progress.rejected and not progress.requires_pending_document


@given(requirements, st.sampled_from(RELATIONS))
def test_each_document_is_asked_for_once(required, relation):
    found = applicable(required, relation)
    names = [same_name(requirement.name) for requirement in found]
    assert len(names) == len(set(names))
    assert {requirement.relation for requirement in found} <= {"", relation}
    asked = {same_name(row.name) for row in required if row.relation in ("", relation)}
    assert set(names) == asked


@given(requirements, st.sampled_from(RELATIONS))
def test_the_line_of_the_kind_of_requester_counts(required, relation):
    for found in applicable(required, relation):
        rivals = [
            row
            for row in required
            if same_name(row.name) == same_name(found.name) and row.relation == relation
        ]
        if rivals:
            assert found.relation == relation
            assert found.mandatory == any(row.mandatory for row in rivals)


@given(lines, requirements)
def test_what_was_touched_is_never_dropped(listed, required):
    required = applicable(required, "")
    revision = revise(listed, required)
    by_key = {line.key: line for line in listed}
    assert all(by_key[key].untouched for key in revision.removed)
    # A document that an agent added is neither removed nor kept by a revision.
    assert all(by_key[key].requirement for key in revision.removed + revision.kept)


@given(lines, requirements)
def test_every_requirement_is_answered_once(listed, required):
    required = applicable(required, "")
    revision = revise(listed, required)
    kept = {line.requirement for line in listed} & {row.key for row in required}
    answers = [*kept, *revision.added, *(key for _line, key in revision.matched)]
    assert sorted(answers) == sorted(row.key for row in required)
    matched = [line for line, _key in revision.matched]
    assert len(matched) == len(set(matched))
    assert not set(matched) & {*revision.removed, *revision.kept}


@given(lines, requirements)
def test_a_new_case_lists_each_requirement_once(listed, required):
    required = applicable(required, "")
    assigned = assign(listed, required)
    given_once = [key for key in assigned.values() if key is not None]
    assert len(given_once) == len(set(given_once))
    touched = {line.key for line in listed if not line.untouched}
    assert touched <= set(assigned), "what was touched is never left out"
    wanted = {line.requirement for line in listed if line.requirement}
    assert wanted <= set(given_once)
    names = {same_name(line.name) for line in listed if not line.requirement}
    assert {row.key for row in required if same_name(row.name) in names} <= set(given_once)


@given(lines, requirements)
def test_a_list_that_was_revised_stays_as_it_is(listed, required):
    required = applicable(required, "")
    revision = revise(listed, required)
    names = {row.key: row.name for row in required}
    matched = dict(revision.matched)
    after = [
        replace(
            line,
            requirement=None
            if line.key in revision.kept
            else matched.get(line.key, line.requirement),
        )
        for line in listed
        if line.key not in revision.removed
    ]
    after += [ListedDocument(1000 + key, names[key], key) for key in revision.added]
    again = revise(after, required)
    assert not (again.added or again.matched or again.removed or again.kept)
