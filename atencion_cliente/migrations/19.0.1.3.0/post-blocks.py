from odoo import SUPERUSER_ID, api


def migrate(cr, _version):
    """A block is named once where it lies: of several, the first one keeps the bare name.

    The index that demands it waits until now for the others to be told apart.
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
