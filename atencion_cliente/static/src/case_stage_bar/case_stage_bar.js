import { status } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { useSpecialData } from "@web/views/fields/relational_utils";
import { StatusBarField, statusBarField } from "@web/views/fields/statusbar/statusbar_field";
import { askStageChange } from "../ask_stage_change";
import { useWhileOpen } from "../while_open";

/**
 * The states of a case. Choosing one does not write it: it opens the wizard that asks for
 * the note, and the server checks the conditions.
 */
export class CaseStageBar extends StatusBarField {
    static template = "atencion_cliente.CaseStageBar";

    setup() {
        super.setup();
        this.action = useService("action");
        this.orm = useService("orm");
        this.whileOpen = useWhileOpen();
        this.nextStages = useSpecialData(async (orm, { name, record }) => {
            const stage = record.data[name];
            if (!stage) {
                return [];
            }
            const { relation } = record.fields[name];
            const [data] = await this.whileOpen(orm.read(relation, [stage.id], ["next_stage_ids"]));
            return data ? data.next_stage_ids : [];
        });
    }

    /** Whether the case may change to the state of the item. */
    isAllowed(item) {
        return (
            !item.isSelected &&
            Boolean(this.props.record.resId) &&
            this.nextStages.data.includes(item.value)
        );
    }

    getItemTitle(item) {
        return this.isAllowed(item) ? _t("Change to “%s”", item.label) : undefined;
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
    // The field is read-only so that the form never writes it. The bar works all the same.
    extractProps: (fieldInfo, dynamicInfo) => ({
        ...statusBarField.extractProps(fieldInfo, dynamicInfo),
        isDisabled: false,
    }),
};

registry.category("fields").add("atencion_case_stage_bar", caseStageBar);
