"""The plan on the door names what is there."""

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ADDON = ROOT / "atencion_cliente"
TEXT = (ROOT / "ARCHITECTURE.md").read_text()
PATHS = sorted(set(re.findall(r"`([\w./]+(?:/|\.(?:py|md|xml|po)))`", TEXT)))
ROOMS = {path.name for path in (ADDON / "models").iterdir() if (path / "__init__.py").exists()}


def candidates(path):
    folders = (
        ROOT,
        ADDON,
        ADDON / "models",
        ADDON / "models" / "mail",
        ADDON / "models" / "notices",
        ADDON / "models" / "base",
    )
    return [folder / path for folder in folders]


@pytest.mark.parametrize("path", PATHS)
def test_what_is_named_is_there(path):
    assert any(candidate.exists() for candidate in candidates(path))


def test_every_room_is_on_the_plan():
    table = TEXT[TEXT.index("## The rooms") : TEXT.index("## A case is one model")]
    assert {room.rstrip("/") for room in re.findall(r"`(\w+/)`", table)} - {
        "models",
        "views",
    } == ROOMS


def test_no_file_is_too_long():
    """Of the product; tests and demo data may be."""
    files = [
        path
        for folder in ("models", "wizard", "controllers", "report", "tools", "views", "static/src")
        for path in (ADDON / folder).rglob("*")
        if path.suffix in (".py", ".js", ".xml")
    ]
    assert len(files) > 150
    assert [str(path) for path in files if len(path.read_text().splitlines()) > 300] == []


def test_concerns_leave_create_and_write_to_the_main_class():
    extension = re.compile(r'_inherit = "atencion\.case"\n')
    own = re.compile(r"^    def (create|write)\(", re.MULTILINE)
    found = [
        path.name
        for path in sorted((ADDON / "models").rglob("*.py"))
        if extension.search(path.read_text()) and own.search(path.read_text())
    ]
    assert found == []


def test_blocks_that_may_fail_are_contained():
    """``cr.savepoint()`` drops, or does too early, what the transaction has queued."""
    found = [
        path.name
        for path in sorted(ROOT.glob("atencion_cliente*/**/*.py"))
        if "tests" not in path.parts and "cr.savepoint(" in path.read_text()
    ]
    assert found == ["contained.py"]


def test_no_abstract_model_is_for_one_model_alone():
    """A concern of one model is an extension of it."""
    sources = [path.read_text() for path in ROOT.glob("atencion_cliente*/**/*.py")]
    inherited = [
        name
        for source in sources
        for list_ in re.findall(
            r"^    _inherit = (\[.*?\]|\".*?\")", source, re.MULTILINE | re.DOTALL
        )
        for name in re.findall(r'"([\w.]+)"', list_)
    ]
    abstract = re.compile(
        r'\(models\.AbstractModel\):\n.*?^    _name = "([\w.]+)"', re.MULTILINE | re.DOTALL
    )
    mixins = [name for source in sources for name in abstract.findall(source)]
    assert len(mixins) > 15
    assert [name for name in mixins if inherited.count(name) == 1] == []


def test_methods_of_one_model_have_names_of_their_own():
    """Of two in different files, one hides the other, unless it calls ``super``."""
    found = defaultdict(list)
    for path in sorted(ADDON.rglob("*.py")):
        if "tests" not in path.parts:
            for model, method in methods(ast.parse(path.read_text())):
                found[model, method.name].append((path.name, "super()" in ast.unparse(method)))
    alone = {
        name: [file for file, calls_super in places if not calls_super]
        for name, places in found.items()
    }
    assert len(found) > 2000
    assert {name: files for name, files in alone.items() if len(files) > 1} == {}


def methods(tree):
    """Pairs of the name of a model and a method that a file adds to it."""
    names = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
    }
    for class_ in (node for node in tree.body if isinstance(node, ast.ClassDef)):
        values = {
            target.id: node.value
            for node in class_.body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        named = values.get("_name", values.get("_inherit"))
        model = (
            names.get(named.id) if isinstance(named, ast.Name) else getattr(named, "value", None)
        )
        if model:
            for node in class_.body:
                if isinstance(node, ast.FunctionDef):
                    yield model, node
