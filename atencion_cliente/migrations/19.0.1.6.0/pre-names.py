"""Columns and keys of escalation, and a field of a rule, get names that say what they hold.

Columns are renamed before Odoo compares the tables with the models: it would add empty columns
otherwise, drop the old ones with their values, and build the unique indexes again.
"""

from odoo.tools import SQL, sql

COLUMNS = (
    ("atencion_case", "life", "reopening"),
    ("atencion_case", "visit", "stage_entry"),
    ("atencion_escalation_log", "life", "reopening"),
    ("atencion_escalation_log", "visit", "stage_entry"),
    ("atencion_escalation_log", "memory", "rule_version"),
    ("atencion_escalation_rule", "memory", "rule_version"),
)
# The comment of an index is its definition in the model. Odoo builds an index again if they
# differ; PostgreSQL renames the columns in the index itself, but not in the comment.
INDEXES = (
    (
        "atencion_escalation_log_fires_once",
        "UNIQUE INDEX (rule_id, case_id, life, visit, memory, mode) WHERE rule_id IS NOT NULL",
        "UNIQUE INDEX (rule_id, case_id, reopening, stage_entry, rule_version, mode) "
        "WHERE rule_id IS NOT NULL",
    ),
    (
        "atencion_escalation_log_warns_once",
        "UNIQUE INDEX (case_id, life) WHERE rule_id IS NULL",
        "UNIQUE INDEX (case_id, reopening) WHERE rule_id IS NULL",
    ),
)


def migrate(cr, _version):
    # A database from before escalation has none of them.
    for table, old, new in COLUMNS:
        if sql.column_exists(cr, table, old):
            sql.rename_column(cr, table, old, new)
            _rename_field(cr, table, old, new)
    for name, old, new in INDEXES:
        _definition, comment = sql.index_definition(cr, name)
        if comment == old:
            cr.execute(SQL("COMMENT ON INDEX %s IS %s", SQL.identifier(name), new))
    if sql.column_exists(cr, "atencion_escalation_log", "facts"):
        _rename_keys_of_facts(cr)
    _rename_in_rules(cr)


def _rename_field(cr, table, old, new):
    """Keep the record of the field, to which other records may refer by its id."""
    model = table.replace("_", ".")
    cr.execute(
        SQL("UPDATE ir_model_fields SET name = %s WHERE model = %s AND name = %s", new, model, old)
    )
    cr.execute(
        SQL(
            """UPDATE ir_model_data SET name = %s
            WHERE module = 'atencion_cliente' AND model = 'ir.model.fields' AND name = %s""",
            f"field_{table}__{new}",
            f"field_{table}__{old}",
        )
    )


def _rename_keys_of_facts(cr):
    cr.execute(
        """
        UPDATE atencion_escalation_log
        SET facts = facts - 'told' - 'hindered' || jsonb_strip_nulls(
            jsonb_build_object('notified', facts -> 'told', 'blocked', facts -> 'hindered'))
        WHERE facts ?| ARRAY['told', 'hindered']"""
    )


def _rename_in_rules(cr):
    """Rename the field in record rules, which an update leaves as they are."""
    cr.execute(
        SQL(
            "UPDATE ir_rule SET domain_force = replace(domain_force, %(old)s, %(new)s)"
            " WHERE strpos(domain_force, %(old)s) > 0",
            old="'is_held'",
            new="'is_of_current_holder'",
        )
    )
