import { Component, onWillStart } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { FileModel } from "@web/core/file_viewer/file_model";
import { useFileViewer } from "@web/core/file_viewer/file_viewer_hook";
import { deserializeDateTime, formatDate } from "@web/core/l10n/dates";
import { humanSize } from "@web/core/utils/binary";
import { useService } from "@web/core/utils/hooks";

/**
 * The files related to a case, by their record: a click previews a file, or downloads it
 * without a preview.
 */
export class RelatedFilesDialog extends Component {
    static template = "atencion_cliente.RelatedFilesDialog";
    static components = { Dialog };
    static props = { values: Object, close: Function };

    setup() {
        this.viewer = useFileViewer();
        const orm = useService("orm");
        onWillStart(async () => {
            const found = await orm.call("atencion.case", "get_related_files", [this.props.values]);
            this.groups = found.map(({ origin, files }) => ({
                origin,
                files: files.map((values) => Object.assign(new FileModel(), values)),
            }));
        });
    }

    preview(file) {
        if (file.isViewable) {
            this.viewer.open(
                file,
                this.groups.flatMap((group) => group.files)
            );
        } else {
            window.open(file.downloadUrl, "_blank", "noopener");
        }
    }

    details(file) {
        const date = formatDate(deserializeDateTime(file.create_date));
        return `${date} · ${humanSize(file.file_size)}`;
    }
}
