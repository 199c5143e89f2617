from odoo.tools import SQL


class ManyCases:
    """Fills the table of cases with copies of ``self.case``, and shows how it is searched.

    By SQL: the ORM takes minutes.
    """

    def fill_to(self, total, **columns):
        """Copies of the case and of its ledger, until its company has so many cases.

        :param columns: columns of ``atencion_case`` that the copies do not have of the
            case, as SQL in which ``number`` counts the copies
        """
        self.env.flush_all()
        there = self.env["atencion.case"].search_count([("company_id", "=", self.lima.id)])
        if there < total:
            self._copy_case(there, total - there, columns)
        self.env.cr.execute("ANALYZE atencion_case, atencion_case_history")
        # What tests before inserted and took back still waits in these indexes, and counts for
        # PostgreSQL when it plans; autovacuum would have filed it.
        self.env.cr.execute(
            """SELECT gin_clean_pending_list(index.indexrelid) FROM pg_index index
            JOIN pg_class class ON class.oid = index.indexrelid
            JOIN pg_am method ON method.oid = class.relam AND method.amname = 'gin'
            WHERE index.indrelid = 'atencion_case'::regclass"""
        )
        self.env.invalidate_all()

    def _copy_case(self, there, count, columns):
        columns = {"name": "'AC-P-' || number"} | columns
        numbers = SQL("generate_series(%s, %s) AS number", there, there + count - 1)
        first = self._copy_rows(self.case, columns, numbers)
        self._copy_ledger({"case_id": f"{first - there} + number"}, numbers)

    def _copy_ledger(self, columns, numbers):
        self._copy_rows(self.case.history_ids, columns, numbers)

    def copy_record(self, record, count, columns):
        """Copies of any record, with columns as in ``fill_to``."""
        self.env.flush_all()
        self._copy_rows(record, columns, SQL("generate_series(1, %s) AS number", count))

    def _copy_rows(self, records, changed, numbers):
        """Insert copies of the rows of records; the id of the first one."""
        table = records._table
        columns = [
            name
            for (name,) in self.env.execute_query(
                SQL(
                    "SELECT column_name FROM information_schema.columns WHERE table_name = %s"
                    " AND column_name NOT IN ('id', 'access_token', 'sheet_number')"
                    " AND is_generated = 'NEVER'",
                    table,
                )
            )
        ]
        values = SQL(", ").join(
            SQL(str(changed[name])) if name in changed else SQL.identifier(name) for name in columns
        )
        rows = self.env.execute_query(
            SQL(
                "INSERT INTO %s (%s) SELECT %s FROM %s, %s WHERE id IN %s RETURNING id",
                SQL.identifier(table),
                SQL(", ").join(map(SQL.identifier, columns)),
                values,
                SQL.identifier(table),
                numbers,
                tuple(records.ids),
            )
        )
        return rows[0][0]

    def plan_of(self, model, domain, **options):
        """How PostgreSQL finds the records of a domain, in a table too large to read whole."""
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        return self.explain(model._search(domain, **options).select())

    def explain(self, statement):
        """The plan of a statement, as text."""
        rows = self.env.execute_query(SQL("EXPLAIN %s", statement))
        return "\n".join(line for (line,) in rows)
