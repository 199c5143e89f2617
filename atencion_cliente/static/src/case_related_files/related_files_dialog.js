import { Component } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { FileModel } from "@web/core/file_viewer/file_model";
import { useFileViewer } from "@web/core/file_viewer/file_viewer_hook";
import { deserializeDateTime, formatDate } from "@web/core/l10n/dates";
import { humanSize } from "@web/core/utils/binary";

/** Files grouped by their record. A click previews a file, or downloads it without preview. */
export class RelatedFilesDialog extends Component {
    static template = "atencion_cliente.RelatedFilesDialog";
    static components = { Dialog };
    static props = { groups: Array, close: Function };

    setup() {
        this.viewer = useFileViewer();
        this.groups = this.props.groups.map(({ origin, files }) => ({
            origin,
            files: files.map((values) => Object.assign(new FileModel(), values)),
        }));
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
