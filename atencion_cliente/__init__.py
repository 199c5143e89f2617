from . import controllers, demo, models, report, wizard


def uninstall_hook(env):
    """Delete the cases before the states and sources that they have.

    Odoo deletes those one by one, and logs an error for each that is in use.
    """
    env.cr.execute("DELETE FROM atencion_case")
