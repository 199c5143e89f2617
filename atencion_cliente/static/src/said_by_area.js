import { Message } from "@mail/core/common/message_model";
import { patch } from "@web/core/utils/patch";

// What an area says for its agent is corrected by the agent (models/mail).
patch(Message.prototype, {
    get allowsEdition() {
        return super.allowsEdition || Boolean(this.atencion_is_own);
    },
});
