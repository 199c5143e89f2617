from contextlib import contextmanager

from odoo.tools import SQL


class RowCounts:
    """For tests of what has to leave the database as it was."""

    def row_counts(self):
        """The rows of every table, with all that waits for the end of the transaction."""
        self.env.flush_all()
        self.env.cr.flush()
        self.env.cr.execute(
            "SELECT relname FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1"
        )
        tables = [name for (name,) in self.env.cr.fetchall()]
        counts = (
            SQL("SELECT %s, COUNT(*) FROM %s", table, SQL.identifier(table)) for table in tables
        )
        self.env.cr.execute(SQL(" UNION ALL ").join(counts))
        return dict(self.env.cr.fetchall())

    @contextmanager
    def assertNothingWritten(self):
        before = self.row_counts()
        self.assertGreater(len(before), 100)
        yield
        self.assertEqual(self.row_counts(), before)
