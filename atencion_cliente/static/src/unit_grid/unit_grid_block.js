import { Component, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

/** The look of a cell, by the worst alert of the open cases of its unit. */
export const STATUSES = {
    overdue: { label: _t("Overdue"), icon: "fa-exclamation-circle" },
    due_today: { label: _t("Due today"), icon: "fa-clock-o" },
    on_time: { label: _t("On time"), icon: "fa-hourglass-half" },
    none: { label: _t("Nothing due"), icon: "fa-comment-o" },
    delivered: { label: _t("Delivered, no open cases"), icon: "fa-key" },
    not_delivered: { label: _t("Not delivered, no open cases"), icon: "fa-circle-thin" },
};

/**
 * The cell to which a key moves the focus, in rows that may have empty cells.
 *
 * @param {(object|null)[][]} rows
 * @param {{ row: number, column: number }} from
 * @param {string} key the `key` of the keyboard event
 * @param {boolean} toEdge whether Home and End go to the ends of the grid instead of the row
 * @returns {{ row: number, column: number } | undefined} undefined without a cell there
 */
export function nextCell(rows, { row, column }, key, toEdge = false) {
    const columnsOf = (index) => [...(rows[index] || []).keys()].filter((i) => rows[index][i]);
    const cell = (toRow, toColumn) =>
        toColumn === undefined ? undefined : { row: toRow, column: toColumn };
    switch (key) {
        case "ArrowRight":
            return cell(
                row,
                columnsOf(row).find((other) => other > column)
            );
        case "ArrowLeft":
            return cell(
                row,
                columnsOf(row).findLast((other) => other < column)
            );
        case "ArrowUp":
        case "ArrowDown": {
            const toRow = row + (key === "ArrowUp" ? -1 : 1);
            const distance = (other) => Math.abs(other - column);
            return cell(toRow, columnsOf(toRow).sort((a, b) => distance(a) - distance(b))[0]);
        }
        case "Home": {
            const toRow = toEdge ? 0 : row;
            return cell(toRow, columnsOf(toRow)[0]);
        }
        case "End": {
            const toRow = toEdge ? rows.length - 1 : row;
            return cell(toRow, columnsOf(toRow).at(-1));
        }
    }
}

/** The floors of one block: a grid with one tab stop, in which the arrow keys move. */
export class UnitGridBlock extends Component {
    static template = "atencion_cliente.UnitGridBlock";
    static props = {
        block: Object,
        highlighted: { type: String, optional: true },
        onOpen: Function,
    };

    setup() {
        this.statuses = STATUSES;
        this.grid = useRef("grid");
        this.state = useState({ row: 0, column: 0 });
    }

    get rows() {
        return this.props.block.rows.map((row) => row.cells);
    }

    get units() {
        return this.rows.flat().filter(Boolean);
    }

    get summary() {
        return _t("Units: %(units)s · Open cases: %(cases)s", {
            units: this.units.length,
            cases: this.units.reduce((total, unit) => total + unit.open_count, 0),
        });
    }

    /** The tab stop: the cell that had the focus last, or else the first one. */
    get current() {
        const { row, column } = this.state;
        return this.rows[row]?.[column] || this.units[0];
    }

    /** The description of a unit, for its tooltip and for screen readers. */
    describe(unit) {
        const name = unit.name === unit.code ? "" : unit.name;
        const cases =
            unit.open_count === 1 ? _t("1 open case") : _t("%s open cases", unit.open_count);
        const parts = [unit.code, name, unit.kind, unit.delivered ? _t("Delivered") : "", cases];
        if (unit.open_count) {
            parts.push(this.alertOf(unit));
        }
        return parts.filter(Boolean).join(", ");
    }

    alertOf({ status, delay_days: days }) {
        if (status !== "overdue" || !days) {
            return STATUSES[status].label;
        }
        return days === 1 ? _t("1 day late") : _t("%s days late", days);
    }

    isDimmed(unit) {
        return Boolean(this.props.highlighted) && unit.status !== this.props.highlighted;
    }

    onFocusin({ target }) {
        const { row, column } = target.dataset;
        Object.assign(this.state, { row: Number(row), column: Number(column) });
    }

    onKeydown(event) {
        const { row, column } = this.state;
        const next = nextCell(this.rows, { row, column }, event.key, event.ctrlKey);
        if (next) {
            event.preventDefault();
            this.grid.el
                .querySelector(`[data-row="${next.row}"][data-column="${next.column}"]`)
                .focus();
        }
    }
}
