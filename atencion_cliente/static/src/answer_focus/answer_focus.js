import { Component, onMounted, useRef, xml } from "@odoo/owl";
import { hasTouch } from "@web/core/browser/feature_detection";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const EMPTY_LINE = "p, div";

/** Whether a line has no text, nor anything else but a line break. */
function isEmpty(line) {
    return !line.textContent.trim() && !line.querySelector(":not(br)");
}

/**
 * The composer of an answer to a customer begins in the empty line of its body, between
 * greeting and signature. Odoo focuses the button that removes the recipient.
 */
export class AnswerFocus extends Component {
    static template = xml`<span t-ref="root" class="d-none" />`;
    static props = { ...standardWidgetProps };

    setup() {
        const root = useRef("root");
        onMounted(() => {
            const body = root.el
                .closest(".o_form_renderer")
                ?.querySelector("[name=body] .odoo-editor-editable");
            if (!body || hasTouch()) {
                return;
            }
            body.focus();
            const line = [...body.querySelectorAll(EMPTY_LINE)].find(isEmpty);
            if (line) {
                document.getSelection().collapse(line, 0);
            }
        });
    }
}

registry.category("view_widgets").add("atencion_answer_focus", { component: AnswerFocus });
