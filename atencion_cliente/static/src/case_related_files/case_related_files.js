import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { useWhileOpen } from "../while_open";
import { RelatedFilesDialog } from "./related_files_dialog";

const ORIGINS = ["unit_id", "block_id", "project_id", "contract_id"];

/** Button that opens the files of the records of the case, even before it is saved. */
export class CaseRelatedFiles extends Component {
    static template = "atencion_cliente.CaseRelatedFiles";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.whileOpen = useWhileOpen();
    }

    get count() {
        return this.props.record.data.related_file_count;
    }

    async open() {
        const { data } = this.props.record;
        const values = Object.fromEntries(ORIGINS.map((name) => [name, data[name]?.id || false]));
        const groups = await this.whileOpen(
            this.orm.call("atencion.case", "get_related_files", [values])
        );
        this.dialog.add(RelatedFilesDialog, { groups });
    }
}

export const caseRelatedFiles = {
    component: CaseRelatedFiles,
    fieldDependencies: [
        ...ORIGINS.map((name) => ({ name, type: "many2one" })),
        { name: "related_file_count", type: "integer", readonly: true },
    ],
};

registry.category("view_widgets").add("atencion_case_related_files", caseRelatedFiles);
