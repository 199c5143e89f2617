"""A company switches searches without accents on in a database that has worked without."""

from atencion_setup.log_check import problems_in

INDEXES = """
SELECT indexname, indexdef LIKE '%unaccent(%' FROM pg_indexes
WHERE indexdef LIKE '%gin_trgm_ops%' AND indexname LIKE '%\\_\\_%\\_index' ORDER BY indexname
"""
NAME = "SELECT unaccent('Muñoz, Ñuñoa, Filtración, Ü')"


def test_indexes_of_before_are_made_anew_by_an_update(session, tmp_path):
    query = session.databases.server.query

    def updated(database, name):
        """The text indexes after an update, and whether each has the function."""
        log = tmp_path / name
        assert session.odoo.batch(database, log, "-u", "atencion_cliente", "--no-http") == 0
        assert [str(problem) for problem in problems_in(log)] == []
        return {index: found == "t" for index, found in query(INDEXES, database)}

    with session.databases.disposable(session.templates.addons()) as database:
        ours = {index for index, found in query(INDEXES, database) if found == "t"}
        assert {"atencion_case__subject_index", "mail_blacklist__email_index"} <= ours
        query("DROP FUNCTION public.unaccent(text) CASCADE", database)
        without = updated(database, "without.log")
        assert not any(without.values())
        assert "atencion_case__subject_index" in without
        session.databases.add_extensions(database)
        session.databases.add_extensions(database)
        assert query(NAME, database) == [["Munoz, Nunoa, Filtracion, U"]]
        after = updated(database, "after.log")
        assert after.keys() >= without.keys()
        assert all(after.values()), after
