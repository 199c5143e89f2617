import { registry } from "@web/core/registry";
import { RelationalModel } from "@web/model/relational_model/relational_model";
import { kanbanView } from "@web/views/kanban/kanban_view";
import { askStageChange } from "../ask_stage_change";
import { CaseSearchPanel } from "../case_search_panel/case_search_panel";

/**
 * Dropping a card in another state opens the wizard that asks for the note of the change.
 * The card stays in its column until the reload after the wizard.
 */
export class CaseKanbanGroupList extends RelationalModel.DynamicGroupList {
    async moveRecord(dataRecordId, dataGroupId, refId, targetGroupId) {
        if (this.groupByField.name !== "stage_id" || dataGroupId === targetGroupId) {
            return super.moveRecord(...arguments);
        }
        const source = this.groups.find((group) => group.id === dataGroupId);
        const target = this.groups.find((group) => group.id === targetGroupId);
        const record = source.list.records.find(({ id }) => id === dataRecordId);
        await askStageChange(
            this.model,
            { caseId: record.resId, stageId: target.value, context: this.context },
            () => this.model.isAlive() && this.model.load()
        );
    }
}

export class CaseKanbanModel extends RelationalModel {
    static DynamicGroupList = CaseKanbanGroupList;

    setup(params) {
        super.setup(...arguments);
        // The kanban may be closed before the wizard: then there is nothing to reload.
        this.isAlive = params.isAlive;
    }
}

export const caseKanbanView = {
    ...kanbanView,
    Model: CaseKanbanModel,
    SearchPanel: CaseSearchPanel,
};

registry.category("views").add("atencion_case_kanban", caseKanbanView);
