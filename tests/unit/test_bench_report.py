"""The page that ./setup/bench writes: which rows, which marks, and nothing that names a machine."""

import json

import pytest
from atencion_bench.report import page, read
from atencion_bench.sides import OURS, PEER, SIDES
from atencion_bench.workloads import WORKLOADS

MACHINE = {
    "date": "2026-11-29",
    "cores": 2,
    "memory_gb": 8,
    "load": 0.1,
    "postgres": "15.1",
    "odoo": "19.0",
    "python": "3.11.2",
    "commit": "abc1234",
    "version": "19.0.1.6.0",
}


def figure(cpu, statements=10, memory=None):
    return {
        "wall": cpu * 2,
        "cpu": cpu,
        "statements": statements,
        "units": 1,
        "repeats": 3,
        "memory": memory,
    }


@pytest.fixture
def measured(tmp_path):
    """A function: the page and the rows of some lines."""

    def of(*lines):
        file = tmp_path / "result.jsonl"
        file.write_text("\n".join(json.dumps(line) for line in [MACHINE, *lines]))
        machine, rows = read(file)
        return page(machine, rows), {row.workload.key: row for row in rows}

    return of


def line(key, size, own, peer, **more):
    sides = {OURS: figure(own)} | ({PEER: figure(peer)} if peer else {})
    return {"key": key, "size": size, "sides": sides} | more


def test_only_what_was_measured_is_told(measured):
    text, rows = measured(line("close_one", 1000, 0.02, 0.1))
    assert list(rows) == ["close_one"]
    assert rows["close_one"].ratio(1000) == pytest.approx(0.2)
    assert (
        "| close one case, with its mail | 1,000 | 200 (100) | 10 | 40 (20) | 10 | 0.20 |" in text
    )


def test_the_largest_size_decides(measured):
    text, rows = measured(
        line("overdue_some", 1000, 0.01, 0.1), line("overdue_some", 100_000, 0.09, 0.1)
    )
    assert rows["overdue_some"].verdict.value == "missed"
    assert rows["overdue_some"].growth(OURS) == pytest.approx(9)
    assert "**missed**" in text


def test_marks_for_large_tables_say_nothing_of_small_ones(measured):
    _text, rows = measured(line("search_none", 1000, 0.1, 0.1))
    assert rows["search_none"].verdict.value == "–"


def test_what_only_we_do_has_its_mark_in_milliseconds(measured):
    _text, rows = measured(line("escalate_nothing", 1000, 0.0019, None))
    assert rows["escalate_nothing"].value(1000) == pytest.approx(1.9)
    assert rows["escalate_nothing"].verdict.value == "met"


def test_an_export_is_a_row_of_time_and_one_of_memory(measured):
    own = {"key": "export", "size": 1000, "sides": {OURS: figure(1, memory=10)}}
    peer = {"key": "export", "size": 1000, "sides": {PEER: figure(4, memory=100)}}
    _text, rows = measured(own, peer)
    assert rows["export_time"].value(1000) == 0.25
    assert rows["export_memory"].value(1000) == 0.1


def test_what_failed_is_told_and_misses_its_mark(measured):
    failed = {"key": "form", "size": 1000, "sides": {}, "error": "KeyError: 'x'"}
    text, rows = measured(failed)
    assert rows["form"].verdict.value == "missed"
    assert "KeyError: 'x'" in text


def test_rows_have_keys_and_sides_of_their_own():
    keys = [workload.key for workload in WORKLOADS]
    assert len(keys) == len(set(keys))
    assert all(set(workload.sides) <= set(SIDES) for workload in WORKLOADS)
