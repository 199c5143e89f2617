import { messageActionsRegistry } from "@mail/core/common/message_actions";
import { patch } from "@web/core/utils/patch";

const OURS = "atencion.";

// Messages of our records are corrected, never deleted: the server refuses it (models/evidence).
patch(messageActionsRegistry.get("delete"), {
    condition(action) {
        const model = action.message.thread?.model || "";
        return !model.startsWith(OURS) && super.condition(action);
    },
});
