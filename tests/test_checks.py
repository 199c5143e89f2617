"""./setup/test tells the truth: what did not run, and what nobody expected, counts as failed."""

import pytest
from atencion_setup.checkout import Addon
from atencion_setup.log_check import problems_in
from atencion_setup.odoo_tests import judge, wanted_tests
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


def test_an_odoo_that_ends_badly_fails(outcome):
    assert str(outcome(*BOTH, exit_code=255)) == "2 passed, 1 failed, 0 skipped"
