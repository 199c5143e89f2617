import { useExternalListener } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { ListRenderer } from "@web/views/list/list_renderer";
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

    setup() {
        super.setup();
        let shown = this.wideColumns;
        useExternalListener(window, "resize", () => {
            if (shown !== this.wideColumns) {
                shown = this.wideColumns;
                this.render();
            }
        });
    }

    /** The names of the columns that the window is wide enough for. */
    get wideColumns() {
        return this.props.archInfo.columns
            .filter(({ options }) => options?.atencion_from <= browser.innerWidth)
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

    isFilled(name) {
        return shownRecords(this.props.list).some((record) => record.data[name]);
    }
}
