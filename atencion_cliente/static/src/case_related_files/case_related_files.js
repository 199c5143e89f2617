import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { RelatedFilesDialog } from "./related_files_dialog";

const ORIGINS = ["unit_id", "block_id", "project_id", "contract_id"];

/** Button that opens the files related to the case, which may be unsaved. */
export class CaseRelatedFiles extends Component {
    static template = "atencion_cliente.CaseRelatedFiles";
    static props = { ...standardWidgetProps };

    setup() {
        this.dialog = useService("dialog");
    }

    get count() {
        return this.props.record.data.related_file_count;
    }

    /** The dialog searches the files: on a telephone, this button is gone once it is clicked. */
    open() {
        const { data } = this.props.record;
        const values = Object.fromEntries(ORIGINS.map((name) => [name, data[name]?.id || false]));
        this.dialog.add(RelatedFilesDialog, { values });
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
