"""./setup/test tells the truth: what did not run, and what nobody expected, counts as failed."""

import pytest
from atencion_setup import balance, test_command
from atencion_setup.checkout import Addon
from atencion_setup.log_check import problems_in, read_log
from atencion_setup.odoo_tests import batches, judge, wanted_tests
from atencion_setup.selection import Selection
from atencion_setup.tally import Tally

TESTS = """
class TestCase(TransactionCase):
    def test_one(self): ...
    def test_two(self): ...
    def helper(self): ...

@tagged("post_install", "-standard", "benchmark")
class TestSpeed(TransactionCase):
    def test_slow(self): ...
"""
STARTED = "INFO db odoo.addons.shop.tests.test_case: Starting TestCase.test_{} ... "
SKIPPED = "INFO db odoo.addons.shop.tests.test_case: skipped TestCase.test_{} : {}"
FAILED = "ERROR db odoo.addons.shop.tests.test_case: FAIL: {}\nTraceback ...\nAssertionError"
SUMMARY = "ERROR db odoo.tests.result: 1 failed, 0 error(s) of 2 tests when loading database 'db'"


@pytest.fixture
def addon(tmp_path):
    tests = tmp_path / "shop" / "tests"
    tests.mkdir(parents=True)
    (tests / "test_case.py").write_text(TESTS)
    return Addon(tmp_path / "shop", {})


@pytest.fixture
def log(tmp_path):
    def log(*messages):
        path = tmp_path / "odoo.log"
        path.write_text("".join(f"2026-01-01 00:00:00,000 7 {line}\n" for line in messages))
        return path

    return log


@pytest.fixture
def outcome(addon, checkout, log):
    def outcome(*messages, exit_code=0):
        tests = wanted_tests([addon], Selection(checkout))
        tally = Tally()
        judge(tests, log(*messages), exit_code, tally)
        return tally

    return outcome


BOTH = [STARTED.format("one"), STARTED.format("two")]


def test_tests_are_found_in_the_files(addon, checkout):
    tests = wanted_tests([addon], Selection(checkout))
    assert [test.name for test in tests] == ["TestCase.test_one", "TestCase.test_two"]


def test_a_name_selects_tests(addon, checkout):
    tests = wanted_tests([addon], Selection(checkout, name="TWO"))
    assert [test.tag for test in tests] == ["/shop:TestCase.test_two"]


def test_a_test_that_ran_has_passed(outcome):
    assert str(outcome(*BOTH)) == "3 passed, 0 failed, 0 skipped"  # and the log is a check


def test_a_test_that_did_not_run_has_failed(outcome):
    assert outcome(STARTED.format("one")).failed == ["shop/tests/test_case.py TestCase.test_two"]


@pytest.mark.parametrize("name", ["TestCase.test_two", "Subtest TestCase.test_two (n=1)"])
def test_a_failure_counts_once(outcome, name):
    tally = outcome(*BOTH, FAILED.format(name), SUMMARY, exit_code=1)
    assert str(tally) == "2 passed, 1 failed, 0 skipped"


def test_a_skipped_test_is_shown_with_its_reason(outcome):
    tally = outcome(*BOTH, SKIPPED.format("two", "no crm here"))
    assert tally.skipped == {"shop/tests/test_case.py TestCase.test_two": "no crm here"}


def test_a_test_skipped_for_want_of_a_browser_has_failed(outcome):
    tally = outcome(*BOTH, SKIPPED.format("two", "Chrome executable not found"))
    assert str(tally) == "2 passed, 1 failed, 0 skipped"


def test_a_class_that_does_not_set_up_fails_its_tests_and_the_log(outcome):
    broken = FAILED.replace("FAIL", "ERROR").format("setUpClass (odoo.addons.shop.TestCase)")
    assert str(outcome(broken, SUMMARY, exit_code=1)) == "0 passed, 3 failed, 0 skipped"


@pytest.mark.parametrize("level", ["WARNING", "ERROR", "CRITICAL"])
def test_a_complaint_in_the_log_fails(outcome, log, level):
    complaint = f"{level} db odoo.fields: something is odd"
    assert str(outcome(*BOTH, complaint)) == "2 passed, 1 failed, 0 skipped"
    assert [record.message for record in problems_in(log(complaint))] == ["something is odd"]


def test_a_script_of_a_migration_complains_under_the_name_of_its_file(log):
    complaint = "WARNING db post-bounds: something is odd"
    assert [record.message for record in problems_in(log(complaint))] == ["something is odd"]


def test_an_odoo_that_ends_badly_fails(outcome):
    assert str(outcome(*BOTH, exit_code=255)) == "2 passed, 1 failed, 0 skipped"


NO_REGISTRY = """CRITICAL db odoo.service.server: Failed to initialize database `db`.
Traceback (most recent call last):
  File "shop.py", line 1, in <module>
TypeError: Model 'shop' has no such parent"""


def test_an_odoo_that_does_not_start_is_one_failure_that_begins_with_the_error(outcome, capsys):
    tally = outcome(NO_REGISTRY, exit_code=255)
    assert (tally.passed, len(tally.failed)) == (0, 1)
    printed = capsys.readouterr().out
    assert "TypeError: Model 'shop' has no such parent" in printed.splitlines()[0]


def test_a_part_of_the_tests_runs_test_by_test_and_all_of_them_file_by_file(addon, checkout):
    [part] = batches([addon], Selection(checkout, name="two"))
    assert part.tags == "/shop:TestCase.test_two"
    [whole] = batches([addon], Selection(checkout))
    assert whole.tags == "/shop/tests/test_case.py"


def test_a_browser_is_needed_by_tests_that_drive_one(addon, checkout):
    [batch] = batches([addon], Selection(checkout))
    assert not batch.needs_browser
    tour = addon.folder / "tests" / "test_tour.py"
    tour.write_text(TESTS.replace("test_one(self): ...", "test_one(self): self.start_tour()"))
    [batch] = batches([addon], Selection(checkout))
    assert batch.needs_browser


def test_parts_take_about_the_same_time(tmp_path, monkeypatch):
    measured = tmp_path / "seconds.json"
    balance.note({"test_a": 60, "test_b": 40, "test_c": 30, "test_d": 0.2}, measured)
    monkeypatch.setattr(balance, "MEASURED", measured)
    files = [tmp_path / f"test_{name}.py" for name in "abcd"]
    parts = balance.even_parts(files, 2)
    assert [[file.stem for file in part] for part in parts] == [
        ["test_a", "test_d"],
        ["test_b", "test_c"],
    ]


def test_time_is_measured_by_the_report_of_odoo(tmp_path):
    path = tmp_path / "odoo.log"
    path.write_text(
        "2026-01-01 00:00:00,000 7 DEBUG db odoo.tests.stats: Detailed Tests Report:\n"
        "\tshop: 9.50s 90 queries\n"
        "\tshop.test_case.TestCase: 2.25s 20 queries\n"
        "\tshop.test_case.TestCase.setUpClass: 1.00s 9 queries\n"
        "\tshop.test_case.TestCase.test_one: 1.25s 11 queries\n"
        "\tshop.test_case.TestOther: 3.00s 30 queries\n"
        "\tshop.test_tour.TestTour: 4.25s 40 queries\n"
    )
    assert balance.seconds_by_file(read_log(path)) == {"test_case": 5.25, "test_tour": 4.25}


@pytest.mark.parametrize("path, expected", [("tests/unit", False), ("tests/test_api.py", True)])
def test_pure_rules_start_no_database(checkout, path, expected):
    selection = Selection(checkout, paths=(str(checkout.root / path),))
    assert test_command._wants_odoo(checkout, selection) is expected
