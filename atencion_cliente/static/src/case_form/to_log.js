import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { useLogBeside } from "./log_beside";

/** Where the log is below the sheet: a link to it, and to what the customer wrote. */
export class ToLog extends Component {
    static template = "atencion_cliente.ToLog";
    static props = { ...standardWidgetProps };

    setup() {
        this.isLogBeside = useLogBeside();
    }

    get isShown() {
        return !this.env.inDialog && this.props.record.resId && !this.isLogBeside();
    }

    scroll(ev) {
        const form = ev.target.closest(".o_form_view");
        form.querySelector(".o-mail-Form-chatter").scrollIntoView();
    }
}

registry.category("view_widgets").add("atencion_to_log", { component: ToLog });
