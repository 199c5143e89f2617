import { status, useEffect } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { useSpecialData } from "@web/views/fields/relational_utils";
import { StatusBarField, statusBarField } from "@web/views/fields/statusbar/statusbar_field";
import { askStageChange } from "../ask_stage_change";
import { useWhileOpen } from "../while_open";

// Short names of states, also of archived ones.
const SHORT = { active_test: false, atencion_short_label: true };

const show = (element, isShown) => element.classList.toggle("d-none", !isShown);

/**
 * The states around the one of the case: where it came from, where it is, and where it may
 * go. Choosing one does not write it: it opens the wizard that asks for the note, and the
 * server checks the conditions.
 */
export class CaseStageBar extends StatusBarField {
    static template = "atencion_cliente.CaseStageBar";

    setup() {
        super.setup();
        this.action = useService("action");
        this.orm = useService("orm");
        this.whileOpen = useWhileOpen();
        this.stages = useSpecialData((orm, { name, record }) =>
            this.whileOpen(
                orm.searchRead(
                    record.fields[name].relation,
                    [],
                    ["display_name", "is_closed", "next_stage_ids"],
                    { context: SHORT }
                )
            )
        );
        useEffect(
            (bar) => this.watchWidth(bar),
            () => [this.rootRef.el.parentElement]
        );
    }

    /**
     * Draw the bar anew when its room changes though the window does not: buttons appear
     * beside it, or the log takes its place beside the sheet.
     */
    watchWidth(bar) {
        let known = bar.clientWidth;
        const observer = new ResizeObserver(() => {
            if (bar.clientWidth !== known) {
                known = bar.clientWidth;
                this.render();
            }
        });
        observer.observe(bar);
        return () => observer.disconnect();
    }

    get nextStageIds() {
        const current = this.props.record.data[this.props.name]?.id;
        return this.stages.data.find(({ id }) => id === current)?.next_stage_ids || [];
    }

    /** Whether a state is called by its whole name: all are in the list of a telephone. */
    hasRoom(item) {
        return item.isSelected || this.env.isSmall;
    }

    /** The previous state, the present one by its whole name, and the possible next ones. */
    getAllItems() {
        const labels = new Map(this.stages.data.map(({ id, display_name }) => [id, display_name]));
        const items = super.getAllItems().map((item) => ({
            ...item,
            name: item.label,
            label: this.hasRoom(item) ? item.label : labels.get(item.value) || item.label,
        }));
        const previous = this.props.record.data.previous_stage_id?.id;
        const isPrevious = (item) => item.value === previous && !item.isSelected;
        return [
            ...items.filter(isPrevious),
            ...items.filter((item) => item.isSelected),
            ...items.filter((item) => !isPrevious(item) && this.isAllowed(item)),
        ];
    }

    /**
     * Fold what has no room, so that the bar stays in one line: the last of the next states
     * first, the previous one before the only next one. On a telephone all are in one list,
     * as Odoo has it.
     */
    adjustVisibleItems() {
        if (this.env.isSmall) {
            super.adjustVisibleItems();
            return;
        }
        const [before, after] = [this.beforeRef.el, this.afterRef.el];
        // Drawn from the right to the left, as the items are listed.
        const arrows = [
            ...this.rootRef.el.querySelectorAll(".o_arrow_button:not(.dropdown-toggle)"),
        ];
        const { inline } = this.items;
        const current = inline.findIndex((item) => item.isSelected);
        Object.assign(this.items, { before: [], after: [] });
        arrows.forEach((arrow) => show(arrow, true));
        [before, after, this.dropdownRef.el].forEach((toggle) => show(toggle, false));
        arrows[0]?.classList.add("o_first");
        const indexes = [...arrows.keys()];
        const [next, previous] = [indexes.slice(0, current), indexes.slice(current + 1)];
        for (const index of [...next.slice(0, -1), ...previous, ...next.slice(-1)]) {
            if (!this.areItemsWrapping()) {
                break;
            }
            const isNext = index < current;
            this.items[isNext ? "after" : "before"].unshift(inline[index]);
            show(arrows[index], false);
            show(isNext ? after : before, true);
            arrows[0].classList.toggle("o_first", !this.items.after.length);
        }
    }

    /** Whether the case may change to the state of the item. */
    isAllowed(item) {
        return (
            !item.isSelected &&
            Boolean(this.props.record.resId) &&
            this.nextStageIds.includes(item.value)
        );
    }

    getItemTitle(item) {
        if (!this.isAllowed(item)) {
            return undefined;
        }
        const stage = this.stages.data.find(({ id }) => id === item.value);
        return stage?.is_closed
            ? _t("Change to “%s”: closes the case", item.name)
            : _t("Change to “%s”", item.name);
    }

    getDropdownItemClassNames(item) {
        return [item.isSelected ? "active" : "", this.isAllowed(item) ? "" : "disabled"]
            .filter(Boolean)
            .join(" ");
    }

    async selectItem(item) {
        const { record } = this.props;
        if (!item || !this.isAllowed(item) || !(await this.whileOpen(record.save()))) {
            return;
        }
        const change = { caseId: record.resId, stageId: item.value, context: record.context };
        // The form may be closed before the wizard: then there is nothing to reload.
        const onClose = () => status(this) !== "destroyed" && record.load();
        await this.whileOpen(askStageChange(this, change, onClose));
    }
}

export const caseStageBar = {
    ...statusBarField,
    component: CaseStageBar,
    displayName: _t("State of a case"),
    supportedTypes: ["many2one"],
    additionalClasses: ["o_field_statusbar"],
    fieldDependencies: [{ name: "previous_stage_id", type: "many2one" }],
    // The field is read-only so that the form never writes it. The bar works all the same.
    extractProps: (fieldInfo, dynamicInfo) => ({
        ...statusBarField.extractProps(fieldInfo, dynamicInfo),
        isDisabled: false,
    }),
};

registry.category("fields").add("atencion_case_stage_bar", caseStageBar);
