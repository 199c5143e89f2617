import { onWillStart } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { RelationalModel } from "@web/model/relational_model/relational_model";
import { SearchModel } from "@web/search/search_model";
import { KanbanController } from "@web/views/kanban/kanban_controller";
import { KanbanHeader } from "@web/views/kanban/kanban_header";
import { KanbanRenderer } from "@web/views/kanban/kanban_renderer";
import { kanbanView } from "@web/views/kanban/kanban_view";
import { askStageChange } from "../ask_stage_change";
import { shownRecords } from "../case_list/shown_records";
import { CaseSearchPanel } from "../case_search_panel/case_search_panel";
import { useWhileOpen } from "../while_open";

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

/**
 * On a telephone a column is a page, and the first one is often empty: all cases are in one
 * list there, unless it is grouped by hand.
 */
export class CaseKanbanSearchModel extends SearchModel {
    async load(config) {
        const inColumns = !this.env.isSmall;
        return super.load(inColumns ? config : { ...config, defaultGroupBy: undefined });
    }
}

/** The head of a column. New cases are registered only in states in which cases begin. */
export class CaseKanbanHeader extends KanbanHeader {
    canQuickCreate() {
        const { group, list } = this.props;
        const isBeginning =
            group.groupByField.name !== "stage_id" || list.model.initialStages.has(group.value);
        return isBeginning && super.canQuickCreate();
    }
}

export class CaseKanbanRenderer extends KanbanRenderer {
    static components = { ...KanbanRenderer.components, KanbanHeader: CaseKanbanHeader };

    setup() {
        super.setup();
        this.orm = useService("orm");
        this.whileOpen = useWhileOpen();
        this.action = useService("action");
        this.notification = useService("notification");
    }

    /**
     * A case whose type asks for documents begins in another column: show where it is, and
     * its number if the filters of the list leave it out.
     */
    async validateQuickCreate(recordId, mode, group) {
        if (mode === "edit") {
            return super.validateQuickCreate(...arguments);
        }
        const { model } = this.props.list;
        await model.load();
        const column = model.root.groups.find(({ value }) => value === group.value);
        this.props.quickCreateState.groupId = column ? column.id : false;
        if (!shownRecords(model.root).some(({ resId }) => resId === recordId)) {
            await this.tellOfHidden(recordId);
        }
    }

    async tellOfHidden(resId) {
        const { resModel } = this.props.list;
        const [{ name }] = await this.whileOpen(this.orm.read(resModel, [resId], ["name"]));
        const close = this.notification.add(
            _t("Case %s is registered. The filters of this list leave it out.", name),
            {
                type: "info",
                buttons: [
                    {
                        name: _t("Open the case"),
                        onClick: () => {
                            close();
                            this.action.doAction({
                                type: "ir.actions.act_window",
                                res_model: resModel,
                                res_id: resId,
                                views: [[false, "form"]],
                            });
                        },
                    },
                ],
            }
        );
    }
}

export class CaseKanbanController extends KanbanController {
    setup() {
        super.setup();
        const orm = useService("orm");
        onWillStart(async () => {
            const stages = await orm.call("atencion.case.stage", "get_flow");
            const isInitial = (stage) => stage.active && stage.is_initial;
            this.model.initialStages = new Set(stages.filter(isInitial).map(({ id }) => id));
        });
    }

    /** What a computed column says of a new case follows from other values. */
    isQuickCreateField(field) {
        return super.isQuickCreateField(field) && !field.readonly;
    }
}

export const caseKanbanView = {
    ...kanbanView,
    Controller: CaseKanbanController,
    Model: CaseKanbanModel,
    Renderer: CaseKanbanRenderer,
    SearchModel: CaseKanbanSearchModel,
    SearchPanel: CaseSearchPanel,
};

registry.category("views").add("atencion_case_kanban", caseKanbanView);
