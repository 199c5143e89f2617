import { Component, markRaw, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { useWhileOpen } from "../while_open";
import { STATUSES, UnitGridBlock } from "./unit_grid_block";

/**
 * The units of a project by floor, coloured by the worst alert of their open cases. Choosing
 * a unit opens its cases; choosing a colour of the legend highlights its units.
 */
export class UnitGrid extends Component {
    static template = "atencion_cliente.UnitGrid";
    static components = { UnitGridBlock };
    static props = { ...standardWidgetProps };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.keepLast = new KeepLast();
        this.whileOpen = useWhileOpen();
        this.state = useState({ blocks: null, blockKey: "", highlighted: "", canCreate: false });
        // The form replaces its record on every load: load the grid again, too.
        useRecordObserver((record) => {
            if (record.data && record.resId) {
                this.load(record.resId);
            }
        });
    }

    async load(projectId) {
        const loading = Promise.all([
            this.orm.silent.call("atencion.project", "get_unit_grid", [[projectId]]),
            user.checkAccessRight("atencion.unit", "create"),
        ]);
        const [blocks, canCreate] = await this.whileOpen(this.keepLast.add(loading));
        Object.assign(this.state, { blocks: markRaw(blocks), canCreate });
        if (!blocks.some((block) => block.key === this.state.blockKey)) {
            this.state.blockKey = "";
        }
    }

    get shown() {
        const { blocks, blockKey } = this.state;
        return blockKey ? blocks.filter((block) => block.key === blockKey) : blocks;
    }

    /** The colours in the shown blocks, each with its number of units. */
    get legend() {
        const counts = {};
        for (const unit of this.unitsOf(this.shown)) {
            counts[unit.status] = (counts[unit.status] || 0) + 1;
        }
        return Object.entries(STATUSES)
            .filter(([status]) => counts[status] || status === this.state.highlighted)
            .map(([status, { label, icon }]) => ({
                status,
                label,
                icon,
                count: counts[status] || 0,
            }));
    }

    unitsOf(blocks) {
        return blocks.flatMap((block) => block.rows.flatMap((row) => row.cells.filter(Boolean)));
    }

    optionLabel(block) {
        const count = this.unitsOf([block]).reduce((total, unit) => total + unit.open_count, 0);
        return _t("%(block)s (open cases: %(count)s)", { block: block.name, count });
    }

    highlight(status) {
        this.state.highlighted = this.state.highlighted === status ? "" : status;
    }

    openCases(unit) {
        return this.action.doAction("atencion_cliente.atencion_case_action", {
            additionalContext: { search_default_unit_id: unit.id, default_unit_id: unit.id },
        });
    }

    createUnit() {
        return this.action.doAction("atencion_cliente.atencion_unit_action", {
            viewType: "form",
            additionalContext: { default_project_id: this.props.record.resId },
        });
    }

    importUnits() {
        return this.action.doAction({
            type: "ir.actions.client",
            tag: "import",
            params: {
                active_model: "atencion.unit",
                context: { default_project_id: this.props.record.resId },
            },
        });
    }
}

registry.category("view_widgets").add("atencion_unit_grid", { component: UnitGrid });
