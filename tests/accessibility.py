"""What axe-core finds wrong with a page: https://github.com/dequelabs/axe-core

It is among the packages that are pinned in setup/requirements/node.
"""

import sys
from pathlib import Path

from atencion_setup import node_packages

# What axe-core calls critical or serious; the rules of WCAG 2.2 include the sizes of targets.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
GRAVE = ("critical", "serious")


def axe_script(checkout):
    """The path of the script of axe-core."""
    tools, log = Path(sys.executable).parent, checkout.logs / "node_packages.log"
    folder = node_packages.ensure(checkout.cache, tools, log)
    return folder / "node_modules" / "axe-core" / "axe.min.js"


def grave_findings(page, script, within="main"):
    """The elements of a page with grave findings, each with its rule.

    :param within: a CSS selector. Without it, only what is in ``main`` is looked at: the frame of
        Odoo's pages is not ours, and each company designs it.
    """
    page.add_script_tag(path=script)
    found = page.evaluate(
        """async ([rules, within]) => {
            const context = { include: [within] };
            const options = { runOnly: rules, rules: { "html-has-lang": { enabled: true } } };
            return (await axe.run(context, options)).violations;
        }""",
        [RULES, within],
    )
    return [
        f"{finding['id']}: {node['html'][:160]} ({node['failureSummary'][:200]})"
        for finding in found
        if finding["impact"] in GRAVE
        for node in finding["nodes"]
    ]
