import { htmlField } from "@html_editor/fields/html_field";
import { normalizeHTML } from "@html_editor/utils/html";
import { registry } from "@web/core/registry";
import { FormHtmlField } from "../html_field/html_field";

/**
 * A rich text that other fields may fill, but not while somebody is in it.
 *
 * Odoo replaces the editor by another one when a new value arrives: the focus falls to the page,
 * and what is being typed is lost. Here the new value is shown when the user leaves without
 * having typed, and what they typed always stays.
 */
export class UndisturbedHtmlField extends FormHtmlField {
    /** Odoo shows no new value while there is something to save. */
    get isDirty() {
        return this.isTyped || this.isEntered;
    }

    set isDirty(isDirty) {
        this.isTyped = isDirty;
    }

    get isEntered() {
        return Boolean(this.editor?.editable?.contains(document.activeElement));
    }

    onBlur() {
        if (this.isTyped) {
            return super.onBlur();
        }
        const arrived = normalizeHTML(this.value, this.clearElementToCompare.bind(this));
        if (arrived !== this.lastValue) {
            this.lastValue = arrived;
            this.state.key++;
        }
    }
}

registry.category("fields").add("atencion_undisturbed_html", {
    ...htmlField,
    component: UndisturbedHtmlField,
    additionalClasses: ["o_field_html"],
});
