import { registry } from "@web/core/registry";
import { CaseKanbanRenderer, caseKanbanView } from "../case_kanban/case_kanban_view";
import { CaseListRenderer } from "../case_list/case_list_renderer";
import { caseListView } from "../case_list/case_list_view";
import { CaseOverview } from "./case_overview";

export class CaseOverviewListRenderer extends CaseListRenderer {
    static template = "atencion_cliente.CaseOverviewListRenderer";
    static components = { ...CaseListRenderer.components, CaseOverview };
}

export class CaseOverviewKanbanRenderer extends CaseKanbanRenderer {
    static template = "atencion_cliente.CaseOverviewKanbanRenderer";
    static components = { ...CaseKanbanRenderer.components, CaseOverview };
}

registry.category("views").add("atencion_case_overview_list", {
    ...caseListView,
    Renderer: CaseOverviewListRenderer,
});

// A telephone shows cards instead of a list.
registry.category("views").add("atencion_case_overview_kanban", {
    ...caseKanbanView,
    Renderer: CaseOverviewKanbanRenderer,
});
