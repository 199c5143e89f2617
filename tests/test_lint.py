"""The lint sees what is not in the style, and mends it."""

import shutil

import pytest
from atencion_setup import lint
from atencion_setup.checkout import Checkout
from atencion_setup.python_environment import checking_tools

SETTINGS = (".eslintrc.json", ".eslintignore", ".prettierrc.json", ".prettierignore")
UGLY = {
    "eslint": ("shop.js", "if (odoo.debug) odoo.debug = 'x'\n"),
    "prettier": ("shop.xml", '<odoo>\n  <record id="a"   model="b"></record></odoo>\n'),
}
WRONG = "const unused = 1;\n"


@pytest.fixture
def tools(checkout):
    return checking_tools(checkout)


@pytest.fixture
def shop(checkout, tmp_path):
    """A checkout with the settings of ours, and an addon without files."""
    for name in SETTINGS:
        shutil.copy(checkout.root / name, tmp_path)
    shop = Checkout(tmp_path)
    for folder in (shop.root / "shop" / "views", shop.state):
        folder.mkdir(parents=True)
    (shop.root / "shop" / "shop.js").write_text("odoo.debug = 1;\n")
    (shop.root / "shop" / "views" / "shop.xml").write_text("<odoo />\n")
    return shop


@pytest.mark.parametrize("tool", UGLY)
def test_ugly_files_are_told_and_formatted(shop, tools, tool):
    name, text = UGLY[tool]
    assert lint.run_tools(shop, tools, (tool,)).failed == []
    file = shop.root / "shop" / "views" / name
    file.write_text(text)
    assert len(lint.run_tools(shop, tools, (tool,)).failed) == 1
    assert file.read_text() == text
    assert lint.run_tools(shop, tools, (tool,), fix=True).failed == []
    assert file.read_text() != text


def test_what_no_tool_can_mend_stays_told(shop, tools):
    (shop.root / "shop" / "shop.js").write_text(WRONG)
    assert len(lint.run_tools(shop, tools, ("eslint",), fix=True).failed) == 1
