"""Databases from before warranties get the schemes that the addon brings, once."""

from atencion_setup.log_check import problems_in

DATA = "ir_model_data WHERE module = 'atencion_cliente' AND model LIKE 'atencion.warranty.%'"
SCHEMES = """
    SELECT country.code, count(term.id) FROM atencion_warranty_scheme scheme
    JOIN res_country country ON country.id = scheme.country_id
    JOIN atencion_warranty_term term ON term.scheme_id = scheme.id
    GROUP BY country.code ORDER BY country.code"""
SHIPPED = [["CL", "4"], ["CO", "3"], ["EC", "1"], ["MX", "4"], ["PE", "4"], ["VE", "1"]]
BEFORE_WARRANTIES = "19.0.1.2.0"


def make_old(query, database):
    """Take from a database what warranties brought to it."""
    query("DELETE FROM atencion_warranty_scheme", database)
    query("DELETE FROM atencion_warranty_element", database)
    query(f"DELETE FROM {DATA}", database)
    query(
        f"UPDATE ir_module_module SET latest_version = '{BEFORE_WARRANTIES}'"
        " WHERE name = 'atencion_cliente'",
        database,
    )


def test_update_brings_the_schemes_and_never_one_that_was_deleted(session, own_addons, tmp_path):
    query = session.databases.server.query
    log = tmp_path / "update.log"

    def update():
        assert session.odoo.batch(database, log, "-u", own_addons, "--no-http") == 0

    with session.databases.disposable(session.templates.addons()) as database:
        assert query(SCHEMES, database) == SHIPPED
        make_old(query, database)
        assert query(SCHEMES, database) == []
        update()
        assert query(SCHEMES, database) == SHIPPED
        query("DELETE FROM atencion_warranty_scheme WHERE name->>'en_US' = 'Peru'", database)
        update()
        assert query(SCHEMES, database) == [row for row in SHIPPED if row[0] != "PE"]
    assert [str(problem) for problem in problems_in(log)] == []
