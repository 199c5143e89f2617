import { onMounted, useRef } from "@odoo/owl";
import { hasTouch } from "@web/core/browser/feature_detection";
import { registry } from "@web/core/registry";
import { RadioField, radioField } from "@web/views/fields/radio/radio_field";

/**
 * The states that a case may change to. Those that would be refused cannot be chosen, and
 * say why. The first choice is focused, as it comes before the note.
 */
export class StageRadioField extends RadioField {
    static template = "atencion_cliente.StageRadioField";

    setup() {
        super.setup();
        const root = useRef("root");
        onMounted(() => {
            if (!hasTouch()) {
                const choices = root.el.querySelectorAll("input:not(:disabled)");
                ([...choices].find((choice) => choice.checked) || choices[0])?.focus();
            }
        });
    }

    refusal([stageId]) {
        return this.props.record.data.refusals?.[stageId];
    }
}

registry.category("fields").add("atencion_stage_radio", {
    ...radioField,
    component: StageRadioField,
    supportedTypes: ["many2one"],
    additionalClasses: ["o_field_radio"],
    fieldDependencies: [{ name: "refusals", type: "json", readonly: true }],
});
