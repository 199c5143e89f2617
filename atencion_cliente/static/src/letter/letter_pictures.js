import { ImageSelector } from "@html_editor/main/media/media_dialog/image_selector";
import { patch } from "@web/core/utils/patch";

const LETTERS = ["atencion.document.generate", "atencion.document.template"];

// The server converts the pictures of letters, so photographs of telephones may be chosen, too;
// drawings (SVG) are not printed.
patch(ImageSelector.prototype, {
    setup() {
        super.setup();
        if (LETTERS.includes(this.props.resModel)) {
            const printed = this.fileMimetypes.split(",").filter((one) => !one.includes("svg"));
            this.fileMimetypes = [...printed, "image/heic,image/heif,.heic,.heif"].join(",");
        }
    },
});
