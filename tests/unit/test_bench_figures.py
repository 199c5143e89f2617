"""What ./setup/bench tells of measurements: ratios, growth, and whether marks are met."""

import pytest
from atencion_bench.figures import Sample, growth, paired_ratio, ratio, summary
from atencion_bench.marks import FLAT, Mark, Verdict, judge
from atencion_bench.recording import as_kept, filled_in


def samples(*walls, units=1, statements=10):
    return [Sample(wall, wall / 2, statements, units) for wall in walls]


def test_figures_are_medians_a_unit():
    figure = summary(samples(4.0, 40.0, 8.0, units=4, statements=12))
    assert (figure.wall, figure.cpu, figure.statements) == (2.0, 1.0, 3.0)
    assert (figure.units, figure.repeats) == (4, 3)


def test_ratio_is_ours_by_theirs():
    assert ratio(1.0, 4.0) == 0.25
    assert ratio(1.0, 0) is None
    assert ratio(None, 4.0) is None


def test_pairs_of_repeats_see_the_same_load():
    """A machine that is ten times slower in the second repeat changes no ratio."""
    assert paired_ratio(samples(1, 10, 1), samples(2, 20, 2)) == 0.5


def test_growth_is_from_the_smallest_to_the_largest_size():
    assert growth({10_000: 9.0, 1000: 2.0, 100_000: 5.0}) == 2.5


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        (0.5, Verdict.MET),
        (0.504, Verdict.MET),
        (0.51, Verdict.MUST_ONLY),
        (0.7, Verdict.MUST_ONLY),
        (0.71, Verdict.MISSED),
        (None, Verdict.UNKNOWN),
    ],
)
def test_between_aim_and_must(value, verdict):
    assert judge(Mark(0.7, 0.5), value) is verdict


def test_a_mark_without_aim_is_met_at_its_must():
    assert judge(Mark(0.1), 0.1) is Verdict.MET


@pytest.mark.parametrize(("statements", "verdict"), [(11.4, "met"), (11.6, "missed")])
def test_statements_have_a_bound_of_their_own(statements, verdict):
    assert judge(Mark(0.7, statements=11), 0.1, statements).value == verdict


@pytest.mark.parametrize(("grown", "verdict"), [(FLAT, "met"), (FLAT + 0.1, "missed")])
def test_what_is_to_be_flat_does_not_grow(grown, verdict):
    assert judge(Mark(0.7, flat=True), 0.1, growth=grown).value == verdict
    assert judge(Mark(0.7), 0.1, growth=grown) is Verdict.MET


def test_requests_are_kept_without_session_and_record():
    data = (
        '{"params": {"model": "helpdesk.ticket", "method": "web_read", "args": [[7]],'
        ' "kwargs": {"context": {"uid": 2, "tz": "UTC", "bin_size": true}}}}'
    )
    path = "/web/dataset/call_kw/helpdesk.ticket/web_read"
    kept = as_kept(f"{path}#helpdesk.ticket.web_read", data, "helpdesk.ticket", 7)
    assert kept == {
        "url": path,
        "params": {
            "model": "helpdesk.ticket",
            "method": "web_read",
            "args": [["$case"]],
            "kwargs": {"context": {"bin_size": True}},
        },
    }
    assert filled_in(kept["params"], {"$case": 9})["args"] == [[9]]


def test_requests_about_something_else_are_not_kept():
    assert as_kept("/mail/data", "{}", "helpdesk.ticket", 7) is None
    assert as_kept("/web/dataset/call_kw/res.users/read", "{}", "helpdesk.ticket", 7) is None
