import { download } from "@web/core/network/download";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { omit } from "@web/core/utils/objects";
import { onWillStart, useState } from "@odoo/owl";
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";
import { CaseSearchPanel } from "../case_search_panel/case_search_panel";
import { CaseListRenderer } from "./case_list_renderer";
import { getShownFields } from "./shown_columns";

/** A list with the button "Export", which downloads the shown or selected cases in Excel. */
export class CaseListController extends ListController {
    static template = "atencion_cliente.CaseListView";

    setup() {
        super.setup();
        this.exporting = useState({ busy: false });
        onWillStart(async () => {
            this.mayExport = await user.hasGroup("atencion_cliente.group_export");
        });
    }

    get modelParams() {
        const params = super.modelParams;
        if (!this.props.state?.modelState?.config) {
            params.config.activeFields = this.shownFields;
        }
        return params;
    }

    get shownFields() {
        const { arch, archInfo, fields, resModel } = this.props;
        const { viewId } = this.env.config;
        return getShownFields({ arch, archInfo, fields, resModel, viewId });
    }

    /** Reads the list again once a column is shown whose field it has not read. */
    async readShownFields() {
        const { activeFields, fieldsToAggregate } = this.model.config;
        const missing = omit(this.shownFields, ...Object.keys(activeFields));
        if (Object.keys(missing).length && (await this.model.root.leaveEditMode())) {
            // Groups and records share these two with the list.
            Object.assign(activeFields, missing);
            fieldsToAggregate.push(...Object.keys(missing));
            await this.model.load();
        }
    }

    /** The options from which the server makes the same list. */
    get exportRequest() {
        const { root } = this.model;
        const selected = !root.isDomainSelected && root.selection.length;
        return {
            ids: selected ? root.selection.map((record) => record.resId) : null,
            company_ids: root.context.allowed_company_ids,
            domain: root.domain,
            columns: this.getExportableFields().map((field) => field.name),
            order: root.orderBy
                .map(({ name, asc }) => `${name} ${asc ? "asc" : "desc"}`)
                .join(", "),
        };
    }

    async onClickExport() {
        this.exporting.busy = true;
        try {
            await download({
                url: "/atencion_cliente/cases.xlsx",
                data: { data: JSON.stringify(this.exportRequest) },
            });
        } finally {
            this.exporting.busy = false;
        }
    }
}

export const caseListView = {
    ...listView,
    Controller: CaseListController,
    Renderer: CaseListRenderer,
    SearchPanel: CaseSearchPanel,
};

registry.category("views").add("atencion_case_list", caseListView);
