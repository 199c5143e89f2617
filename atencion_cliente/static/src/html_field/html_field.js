import { HtmlField, htmlField } from "@html_editor/fields/html_field";
import { Plugin } from "@html_editor/plugin";
import { closestElement } from "@html_editor/utils/dom_traversal";
import { registry } from "@web/core/registry";

// Where Tab indents, or goes to the next cell.
const KEEPS_TAB = "li, td, th";

/**
 * Tab and Shift+Tab leave the text, as any other field. Odoo's editor inserts a tabulator,
 * by a hotkey of the window, which this keeps from being reached.
 */
export class TabLeavesPlugin extends Plugin {
    static id = "atencionTabLeaves";
    static dependencies = ["selection"];

    setup() {
        this.addDomListener(this.editable, "keydown", this.onKeydown);
    }

    onKeydown(event) {
        const { anchorNode } = this.dependencies.selection.getEditableSelection();
        if (event.key !== "Tab" || closestElement(anchorNode, KEEPS_TAB)) {
            return;
        }
        event.stopPropagation();
        // The buttons that Odoo draws on an empty line come before the text.
        const field = this.editable.closest(".o_field_widget");
        for (const button of field?.querySelectorAll(".power_button") || []) {
            button.tabIndex = -1;
        }
    }
}

/** A text with formats, in a form that is filled in with the keyboard. */
export class FormHtmlField extends HtmlField {
    getConfig() {
        const config = super.getConfig();
        return { ...config, Plugins: [...config.Plugins, TabLeavesPlugin] };
    }
}

registry.category("fields").add("atencion_html", {
    ...htmlField,
    component: FormHtmlField,
    additionalClasses: ["o_field_html"],
});
