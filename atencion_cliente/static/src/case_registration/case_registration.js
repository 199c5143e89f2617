import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { FormViewDialog } from "@web/views/view_dialogs/form_view_dialog";
import { SelectCreateDialog } from "@web/views/view_dialogs/select_create_dialog";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/**
 * A button of a case that is being registered. It opens a dialog, as a button of the record
 * would save the case first.
 */
class RegistrationButton extends Component {
    static props = { ...standardWidgetProps };

    setup() {
        this.dialog = useService("dialog");
    }

    show(resModel, resId, title) {
        const closed = { readonly: true, preventEdit: true, preventCreate: true };
        this.dialog.add(FormViewDialog, { resModel, resId, title, ...closed });
    }
}

/** The data of who asks, or else of the holder. */
export class CustomerData extends RegistrationButton {
    static template = "atencion_cliente.CustomerData";

    open() {
        const { requester_id, partner_id } = this.props.record.data;
        this.show("res.partner", (requester_id || partner_id).id, _t("Customer data"));
    }
}

/** The previous cases of the holder and of the unit; a click on one opens it. */
export class PreviousCases extends RegistrationButton {
    static template = "atencion_cliente.PreviousCases";

    get count() {
        return this.props.record.data.previous_case_count;
    }

    get domain() {
        const { data } = this.props.record;
        const owners = ["partner_id", "unit_id"]
            .filter((name) => data[name])
            .map((name) => [name, "=", data[name].id]);
        return [...Array(owners.length - 1).fill("|"), ...owners];
    }

    open() {
        const { resModel } = this.props.record;
        this.dialog.add(SelectCreateDialog, {
            resModel,
            title: _t("Previous cases"),
            domain: this.domain,
            multiSelect: false,
            noCreate: true,
            onSelected: ([id]) => this.show(resModel, id, _t("Previous case")),
        });
    }
}

registry.category("view_widgets").add("atencion_customer_data", {
    component: CustomerData,
    fieldDependencies: [
        { name: "partner_id", type: "many2one" },
        { name: "requester_id", type: "many2one" },
    ],
});
registry.category("view_widgets").add("atencion_previous_cases", {
    component: PreviousCases,
    fieldDependencies: [
        { name: "partner_id", type: "many2one" },
        { name: "unit_id", type: "many2one" },
        { name: "previous_case_count", type: "integer", readonly: true },
    ],
});
