"""Everything a command works with, opened and closed together."""

from contextlib import contextmanager
from dataclasses import dataclass

from .checkout import Checkout
from .database import Databases
from .odoo_runtime import Odoo, ensure_runtime
from .postgres import running_server
from .templates import Templates


@dataclass(frozen=True)
class Session:
    checkout: Checkout
    odoo: Odoo
    databases: Databases
    templates: Templates


@contextmanager
def open_session(checkout: Checkout, *, tests: bool = False):
    """Provide Odoo and a running database server; leave nothing disposable behind."""
    runtime = ensure_runtime(checkout, tests=tests)
    with running_server(checkout) as server:
        odoo = Odoo(checkout, runtime, server)
        databases = Databases(odoo)
        databases.sweep()
        yield Session(checkout, odoo, databases, Templates(databases))
