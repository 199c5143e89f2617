"""Handing the web client's bundles from one database to another.

Building them takes Odoo half a minute, in every database anew. A bundle is an attachment found
by its address, which holds a checksum of what went into it: handed to a database where
something else goes into it, it is simply not found.
"""

from .database import Databases

COLUMNS = """
    SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns
    WHERE table_name = 'ir_attachment' AND column_name != 'id'
"""
BUNDLES = "SELECT {columns} FROM ir_attachment WHERE url LIKE '/web/assets/%'"


def hand_over(databases: Databases, source: str, target: str) -> None:
    server = databases.server
    [[columns]] = server.query(COLUMNS, source)
    rows = server.copy_out(BUNDLES.format(columns=columns), source)
    server.copy_in(f"ir_attachment ({columns})", rows, target)
    databases.link_files(source, target)
