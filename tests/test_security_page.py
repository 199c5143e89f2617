"""docs/security.md lists all that is reached from outside, and the tests that it names exist."""

import json
import re
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent / "odoo_scripts" / "list_public_surface.py"
HINT = "docs/security.md says who may use it"


@pytest.fixture(scope="module")
def page(checkout):
    return (checkout.root / "docs" / "security.md").read_text()


@pytest.fixture(scope="module")
def surface(session):
    """What the registry has: public methods, protected fields and routes of our addons."""
    with session.databases.disposable(session.templates.addons(bridges=True)) as database:
        answer = subprocess.run(
            session.odoo.shell_command(database),
            input=SCRIPT.read_text(),
            capture_output=True,
            check=True,
            text=True,
            env=session.odoo.environment(),
        )
    return json.loads(answer.stdout.splitlines()[-1])


def rows(page, title):
    """The cells of the tables below a heading, row by row."""
    section = re.split(r"^## ", page, flags=re.MULTILINE)
    [text] = [part for part in section if part.startswith(title)]
    lines = [line for line in text.splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def quoted(cell):
    return re.findall(r"`([^`]+)`", cell)


def test_every_public_method_is_listed(page, surface):
    listed = {
        f"{model}.{name}"
        for names, models, *_rest in rows(page, "Public methods")
        for name in quoted(names)
        for model in quoted(models)
    }
    assert set(surface["methods"]) - listed == set(), HINT
    assert listed - set(surface["methods"]) == set(), "not there any more"


def test_every_protected_field_is_listed(page, surface):
    listed = {
        (model, name)
        for models, names, *_rest in rows(page, "Protected fields")
        for model in quoted(models)
        for name in quoted(names)
    }
    there = {(model, name) for model, names in surface["protected"].items() for name in names}
    assert there - listed == set(), HINT
    assert listed - there == set(), "not there any more"


def test_every_route_is_listed(page, surface):
    listed = {path for paths, *_rest in rows(page, "Routes") for path in quoted(paths)}
    assert set(surface["routes"]) - listed == set(), HINT
    assert listed - set(surface["routes"]) == set(), "not there any more"


def test_every_context_key_is_listed(page, checkout):
    """Against the list of the test that forges them, which is held against the code."""
    source = (checkout.root / "atencion_cliente" / "tests" / "test_context_keys.py").read_text()
    tested = set()
    for name in ("OBJECTS_OF_THE_SERVER", "HARMLESS", "OF_EVERY_CLIENT"):
        tested |= set(
            re.findall(r'"(\w+)"', re.search(rf"^{name} = {{(.*?)}}", source, re.M | re.S)[1])
        )
    listed = {key for keys, *_rest in rows(page, "Context keys") for key in quoted(keys)}
    assert listed == tested


def test_every_test_that_is_named_exists(page, checkout):
    # Other folders hold files that come and go during a run.
    folders = [checkout.root / "tests", *checkout.root.glob("atencion_cliente*/tests")]
    named = {name for cells in rows(page, "Promises") for name in quoted(cells[-1])}
    for name in named:
        assert any(list(folder.rglob(f"{name}.py")) for folder in folders), name
