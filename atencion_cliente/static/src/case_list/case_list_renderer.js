import { useEffect, useExternalListener } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { ListRenderer } from "@web/views/list/list_renderer";
import { getColumnsKey, isWideEnough } from "./shown_columns";
import { shownRecords } from "./shown_records";

/**
 * A list whose optional columns follow the screen:
 *
 * - `options="{'atencion_from': 1600}"`: shown by default if the window is that wide. As soon
 *   as users choose columns themselves, Odoo keeps their choice.
 * - `options="{'atencion_if_any': True}"`: left out while it is empty in every row.
 * - `options="{'atencion_phone': '56px'}"`: shown on a telephone, in that width (none: what is
 *   left). The others are left out there until users choose columns themselves.
 */
export class CaseListRenderer extends ListRenderer {
    static template = "atencion_cliente.CaseListRenderer";
    static props = [...ListRenderer.props, "readShownFields"];

    setup() {
        super.setup();
        let shown = this.wideColumns;
        useExternalListener(window, "resize", () => {
            if (shown !== this.wideColumns) {
                shown = this.wideColumns;
                this.render();
            }
        });
        useEffect(
            () => {
                this.props.readShownFields();
            },
            () => [this.shownOptionalColumns]
        );
    }

    /** Odoo names the fields that were read in it: here all of the view, as in other lists. */
    createViewKey() {
        const { archInfo, list } = this.props;
        const { fields, resModel } = list;
        return getColumnsKey({ archInfo, fields, resModel, viewId: this.env.config.viewId });
    }

    get shownOptionalColumns() {
        return Object.keys(this.optionalActiveFields)
            .filter((name) => this.optionalActiveFields[name])
            .join();
    }

    /** The names of the columns that the window is wide enough for. */
    get wideColumns() {
        return this.props.archInfo.columns
            .filter(isWideEnough)
            .map(({ name }) => name)
            .join();
    }

    /** Whether deadlines of shown cases are being counted again; those of a sample are not. */
    get isRecalculating() {
        const { list } = this.props;
        return (
            !list.model.useSampleModel &&
            shownRecords(list).some((record) => record.data.is_recalculating)
        );
    }

    computeOptionalActiveFields() {
        const active = super.computeOptionalActiveFields();
        if (!this.hasChosenColumns) {
            for (const name of this.wideColumns.split(",").filter(Boolean)) {
                active[name] = true;
            }
        }
        return active;
    }

    get hasChosenColumns() {
        return browser.localStorage.getItem(this.keyOptionalFields) !== null;
    }

    getActiveColumns() {
        const columns = super
            .getActiveColumns()
            .filter((column) => this.isRead(column))
            .filter((column) => !column.options?.atencion_if_any || this.isFilled(column.name));
        return this.env.isSmall && !this.hasChosenColumns ? this.phoneColumns(columns) : columns;
    }

    phoneColumns(columns) {
        return columns
            .filter(({ options }) => options && "atencion_phone" in options)
            .map((column) => ({
                ...column,
                attrs: { ...column.attrs, width: column.options.atencion_phone },
            }));
    }

    /** A column that was just chosen is shown as soon as its field has come. */
    isRead({ name, type }) {
        const [record] = shownRecords(this.props.list);
        return type !== "field" || !record || name in record.data;
    }

    isFilled(name) {
        return shownRecords(this.props.list).some((record) => record.data[name]);
    }
}
