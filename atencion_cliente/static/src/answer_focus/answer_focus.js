import { Component, onMounted, useRef, xml } from "@odoo/owl";
import { hasTouch } from "@web/core/browser/feature_detection";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const LINES = "p, div";

/** The first empty line after some text, as below the greeting of a template. */
function emptyLine(body) {
    const lines = [...body.querySelectorAll(LINES)].filter((line) => !line.querySelector(LINES));
    const isEmpty = (line) => !line.textContent.trim() && !line.querySelector(":not(br)");
    const text = lines.findIndex((line) => !isEmpty(line));
    return lines.find((line, index) => text !== -1 && index > text && isEmpty(line));
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
            const line = emptyLine(body);
            if (line) {
                document.getSelection().collapse(line, 0);
            }
        });
    }
}

registry.category("view_widgets").add("atencion_answer_focus", { component: AnswerFocus });
