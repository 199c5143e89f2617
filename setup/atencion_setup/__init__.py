"""From a bare Debian to a running, tested Odoo 19 with this repository's addons.

Only the standard library is used: this runs before any Python environment exists.
README.md, one folder up, tells the order of the steps and where things go.
"""
