import { AttachmentList } from "@mail/core/common/attachment_list";
import { Message } from "@mail/core/common/message";

import { useSubEnv } from "@odoo/owl";
import { patch } from "@web/core/utils/patch";

/**
 * @param {import("models").Thread} [thread]
 * @returns {boolean} whether it is the conversation of a record of ours
 */
function isOurs(thread) {
    return Boolean(thread?.model?.startsWith("atencion."));
}

patch(Message.prototype, {
    get isAtencion() {
        return isOurs(this.message.thread);
    },
});

patch(AttachmentList.prototype, {
    setup() {
        super.setup();
        const written = this.props.attachments[0]?.composer;
        useSubEnv({ isAtencion: isOurs((this.env.message ?? written)?.thread) });
    },
});
