from odoo import SUPERUSER_ID, api


def migrate(cr, _version):
    """Make the names of the blocks of a project, or of a block, unique.

    The first of several with the same name keeps it; the others get their id added. Odoo
    creates the unique index after this script.
    """
    Block = api.Environment(cr, SUPERUSER_ID, {"active_test": False})["atencion.block"]
    groups = Block._read_group(
        [],
        ["project_id", "parent_id", "name"],
        ["id:recordset"],
        having=[("__count", ">", 1)],
    )
    for *_place, blocks in groups:
        for block in blocks.sorted("id")[1:]:
            block.name = f"{block.name} ({block.id})"
