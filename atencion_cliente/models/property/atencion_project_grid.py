from odoo import api, models

from ...tools import alert, unit_grid
from ..base.public_method import public

# Status of a cell whose unit has no open case.
DELIVERED, NOT_DELIVERED = "delivered", "not_delivered"


class AtencionProjectGrid(models.Model):
    """The grid of a project: its units by block and floor, each with its open cases."""

    _inherit = "atencion.project"

    @api.readonly
    @public(one=True)
    def get_unit_grid(self):
        """The grid of the project, with the units and the cases that the user may read.

        :return: groups of units: one per block, then one per kind of unit for the units
            outside of blocks. Each has a ``key``, a ``name`` and ``rows`` from the top floor
            down, whose cells are a unit or ``None`` for an empty place.
        :rtype: list[dict]
        :raise AccessError: the user may not read the project
        """
        self.check_access("read")
        units = self.env["atencion.unit"].search_fetch(
            [("project_id", "=", self.id)], ["code", "name", "kind", "floor", "block_id"]
        )
        kinds = dict(units._fields["kind"]._description_selection(self.env))
        cells = self._grid_cells(units, kinds)
        return [
            {"key": key, "name": name, "rows": self._grid_rows(inside, cells)}
            for key, name, inside in self._grid_groups(units, kinds)
        ]

    def _grid_groups(self, units, kinds):
        """Group units by block, in natural order of the names; the others by kind.

        :return: triples of key, name and units
        """
        in_blocks = units.filtered("block_id")
        blocks = in_blocks.grouped("block_id")
        for block in sorted(blocks, key=lambda block: unit_grid.natural(block.complete_name)):
            yield f"block_{block.id}", block.complete_name, blocks[block]
        outside = (units - in_blocks).grouped("kind")
        for kind, name in kinds.items():
            if kind in outside:
                yield kind, name, outside[kind]

    def _grid_rows(self, units, cells):
        grid_units = [unit_grid.GridUnit(unit.id, unit.code, unit.floor or "") for unit in units]
        return [
            {"floor": row.floor, "cells": [cells.get(unit_id) for unit_id in row.units]}
            for row in unit_grid.arrange(grid_units)
        ]

    def _grid_cells(self, units, kinds):
        """The cell of each unit, by id of the unit."""
        delivered = units.search(
            [("project_id", "=", self.id), ("contract_ids.state", "=", "delivered")]
        )
        delivered_ids = set(delivered.ids)
        open_cases = self._grid_open_cases()
        cells = {}
        for unit in units:
            cases = open_cases.get(unit, {})
            without_cases = DELIVERED if unit.id in delivered_ids else NOT_DELIVERED
            cells[unit.id] = {
                "id": unit.id,
                "code": unit.code,
                "name": unit.name,
                "kind": kinds[unit.kind],
                "delivered": unit.id in delivered_ids,
                "status": unit_grid.worst_alert(cases) if cases else without_cases,
                "open_count": sum(count for count, _delay in cases.values()),
                "delay_days": cases.get(alert.OVERDUE, (0, 0))[1],
            }
        return cells

    def _grid_open_cases(self):
        """The open cases of each unit.

        :return: unit → alert state → number of cases and longest delay in days
        :rtype: dict
        """
        by_unit = {}
        groups = self.env["atencion.case"]._read_group(
            [
                ("project_id", "=", self.id),
                ("unit_id", "!=", False),
                ("closed_at", "=", False),
                ("exclude_from_kpi", "=", False),
            ],
            ["unit_id", "alert_state"],
            ["__count", "delay_days:max"],
        )
        for unit, state, count, delay in groups:
            by_unit.setdefault(unit, {})[state] = (count, delay)
        return by_unit
