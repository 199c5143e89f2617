"""Run Odoo's own tests of some addons, all of them with every installed addon loaded.

(Odoo itself runs those marked at_install before the addons that extend theirs are loaded.)
"""

import os

from odoo.tests.shell import run_tests

TESTED = os.environ["TESTED_ADDONS"].split(",")

# Within a test the bundles would be built anew, and tours would wait for them in vain.
env["ir.qweb"]._pregenerate_assets_bundles()
env.cr.commit()
run_tests(env, ",".join(f"/{name}" for name in TESTED), modules=TESTED)
