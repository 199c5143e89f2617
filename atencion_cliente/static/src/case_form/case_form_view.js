import { registry } from "@web/core/registry";
import { FormRenderer } from "@web/views/form/form_renderer";
import { formView } from "@web/views/form/form_view";
import { StatusBarButtons } from "@web/views/form/status_bar_buttons/status_bar_buttons";

// Number of buttons on a wide screen: more would leave no room for the states.
const SHOWN = 4;

/** Actions of a case: the first ones as buttons, the others in a menu. */
export class CaseActions extends StatusBarButtons {
    static template = "atencion_cliente.CaseActions";

    get shownSlotNames() {
        return this.visibleSlotNames.slice(0, this.env.isSmall ? 1 : SHOWN);
    }

    get menuSlotNames() {
        return this.visibleSlotNames.slice(this.shownSlotNames.length);
    }
}

export class CaseFormRenderer extends FormRenderer {
    static components = { ...FormRenderer.components, StatusBarButtons: CaseActions };
}

registry.category("views").add("atencion_case_form", {
    ...formView,
    Renderer: CaseFormRenderer,
});
