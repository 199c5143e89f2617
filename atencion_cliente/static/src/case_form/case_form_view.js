import { registry } from "@web/core/registry";
import { FormController } from "@web/views/form/form_controller";
import { FormRenderer } from "@web/views/form/form_renderer";
import { formView } from "@web/views/form/form_view";
import { StatusBarButtons } from "@web/views/form/status_bar_buttons/status_bar_buttons";
import { CaseFormCompiler } from "./case_form_compiler";
import { useLogBeside, widened } from "./log_beside";
import { tabCounts } from "./tab_counts";

/** Actions of a case: those of every day as buttons, the others in a menu. */
export class CaseActions extends StatusBarButtons {
    static template = "atencion_cliente.CaseActions";

    get shownSlotNames() {
        const visible = this.visibleSlotNames;
        return this.env.isSmall
            ? visible.slice(0, 1)
            : visible.filter((name) => this.props.slots[name].isOutside);
    }

    get menuSlotNames() {
        const shown = this.shownSlotNames;
        return this.visibleSlotNames.filter((name) => !shown.includes(name));
    }
}

export class CaseFormRenderer extends FormRenderer {
    static components = { ...FormRenderer.components, StatusBarButtons: CaseActions };

    setup() {
        super.setup();
        this.uiService = widened(this.uiService, useLogBeside());
    }

    /** The title of a tab, with what is in it. */
    tabTitle(name, title) {
        const count = tabCounts[name]?.(this.props.record.data);
        return count ? `${title} ${count}` : title;
    }
}

export class CaseFormController extends FormController {
    setup() {
        super.setup();
        this.isLogBeside = useLogBeside();
    }

    get className() {
        const wide = this.isLogBeside() ? { "o_xxl_form_view h-100": true } : {};
        return { ...super.className, ...wide };
    }
}

registry.category("views").add("atencion_case_form", {
    ...formView,
    Compiler: CaseFormCompiler,
    Controller: CaseFormController,
    Renderer: CaseFormRenderer,
});
