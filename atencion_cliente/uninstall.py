"""What Odoo would leave in the database when an addon of ours is removed."""

from odoo.tools import SQL

# Rows of Odoo's tables that name a model of ours by its name, and outlive it.
NAMING_MODELS = (
    ("ir.exports", "resource"),
    ("ir.filters", "model_id"),
    ("mail.scheduled.message", "model"),
)
# Indexes that we added to columns of Odoo's.
INDEXES = ("calendar_event__res_id_index",)


def uninstall_hook(env):
    """Delete what no external id of the addon says to be ours."""
    # Odoo deletes states and sources one by one, and logs an error for each that is in use.
    env.cr.execute("DELETE FROM atencion_case")
    # With each goes the PostgreSQL sequence that counts its numbers.
    every = env["ir.sequence"].with_context(active_test=False)
    every.search([("code", "=like", "atencion.%")]).unlink()
    for model, name in NAMING_MODELS:
        env[model].with_context(active_test=False).search([(name, "=like", "atencion.%")]).unlink()
    for index in INDEXES:
        env.cr.execute(SQL("DROP INDEX IF EXISTS %s", SQL.identifier(index)))
    # What our models take from Odoo's (followers, activities, ratings) has external ids there.
    env.cr.execute(
        """
        DELETE FROM ir_model_data
        WHERE name LIKE '%\\_\\_atencion\\_%'
        AND model IN ('ir.model.inherit', 'ir.model.fields.selection')"""
    )
    forget_foreign_keys(env, "atencion_cliente")


def forget_foreign_keys(env, addon):
    """Delete what Odoo notes of an addon's foreign keys: it keeps those of its own tables."""
    env.cr.execute(
        SQL(
            """
            DELETE FROM ir_model_constraint
            WHERE type = 'f' AND module IN (SELECT id FROM ir_module_module WHERE name = %s)""",
            addon,
        )
    )
