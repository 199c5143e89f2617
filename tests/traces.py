"""What an addon that was removed may leave in a database: objects of the schema, and rows."""

from dataclasses import dataclass

OBJECTS = {
    "relation": """
        SELECT relname FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'm', 'i', 'S')""",
    "column": """
        SELECT table_name || '.' || column_name FROM information_schema.columns
        WHERE table_schema = 'public'""",
    "function": "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    "constraint": """
        SELECT conrelid::regclass || ' ' || conname FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace""",
    "trigger": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    "external id": """
        SELECT module || '.' || name
        FROM ir_model_data WHERE name LIKE '%atencion%'
        AND name NOT LIKE 'module_atencion%'""",
}
TEXTS = """
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = 'public' AND data_type IN ('text', 'character varying', 'jsonb')
    AND table_name NOT IN (
        SELECT table_name FROM information_schema.views WHERE table_schema = 'public')
"""
# Odoo knows the addons of its path, installed or not, and keeps messages to browsers and
# web bundles for some time.
KNOWN = (
    "atencion_",
    "bus_bus.",
    "ir_attachment.index_content",
    "ir_module_category.",
    "ir_module_module.",
    "ir_module_module_dependency.",
)


@dataclass(frozen=True)
class Row:
    table: str
    column: str
    text: str


def traces(query, database):
    """The objects of a database, each with its kind."""
    return {
        (kind, name) for kind, question in OBJECTS.items() for [name] in query(question, database)
    }


def rows_that_name_us(query, database):
    """The rows of any table in which a text names a model, field or addon of ours."""
    return [
        Row(table, column, text)
        for table, column in query(TEXTS, database)
        if not f"{table}.{column}".startswith(KNOWN)
        for [text] in query(_naming(table, column), database)
    ]


def _naming(table, column):
    return f"""
        SELECT left("{column}"::text, 80) FROM "{table}"
        WHERE "{column}"::text ~ 'atencion[._]'
        AND "{column}"::text !~ '^module_atencion_cliente'
    """
