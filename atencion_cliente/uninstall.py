"""Deletes the data that Odoo leaves in the database when an addon of this project is removed."""

from odoo.tools import SQL

# Odoo's models, and their fields, with rows that refer to a model by its name and stay.
NAMING_MODELS = (
    ("ir.exports", "resource"),
    ("ir.filters", "model_id"),
    ("mail.scheduled.message", "model"),
)
# Indexes of this addon on columns of Odoo's.
INDEXES = ("calendar_event__res_id_index",)


def uninstall_hook(env):
    """Delete the data of this addon that have no external id of it."""
    # Odoo deletes states and sources one by one, and logs an error for each that is in use.
    env.cr.execute("DELETE FROM atencion_case")
    # Deleting the records also deletes their PostgreSQL sequences.
    every = env["ir.sequence"].with_context(active_test=False)
    every.search([("code", "=like", "atencion.%")]).unlink()
    for model, name in NAMING_MODELS:
        env[model].with_context(active_test=False).search([(name, "=like", "atencion.%")]).unlink()
    env["ir.config_parameter"].search([("key", "=like", "atencion\\_cliente.%")]).unlink()
    for index in INDEXES:
        env.cr.execute(SQL("DROP INDEX IF EXISTS %s", SQL.identifier(index)))
    # Fields that our models inherit from Odoo's have external ids of Odoo's addons.
    env.cr.execute(
        """
        DELETE FROM ir_model_data
        WHERE name LIKE '%\\_\\_atencion\\_%'
        AND model IN ('ir.model.inherit', 'ir.model.fields.selection')"""
    )
    forget_foreign_keys(env, "atencion_cliente")


def forget_foreign_keys(env, addon):
    """Delete the records of an addon's foreign keys, which Odoo keeps for its own tables."""
    env.cr.execute(
        SQL(
            """
            DELETE FROM ir_model_constraint
            WHERE type = 'f' AND module IN (SELECT id FROM ir_module_module WHERE name = %s)""",
            addon,
        )
    )
