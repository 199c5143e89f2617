import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { FormViewDialog } from "@web/views/view_dialogs/form_view_dialog";
import { SelectCreateDialog } from "@web/views/view_dialogs/select_create_dialog";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/**
 * Buttons of a case that is being registered: the data of the customer, and the previous
 * cases of the holder and of the unit. They open dialogs, as buttons of records would save the
 * case first.
 */
export class CaseRegistration extends Component {
    static template = "atencion_cliente.CaseRegistration";
    static props = { ...standardWidgetProps };

    setup() {
        this.dialog = useService("dialog");
    }

    get customer() {
        const { requester_id, partner_id } = this.props.record.data;
        return requester_id || partner_id;
    }

    get previousCount() {
        return this.props.record.data.previous_case_count;
    }

    openCustomer() {
        this.show("res.partner", this.customer.id, _t("Customer data"));
    }

    openPrevious() {
        const { partner_id, unit_id } = this.props.record.data;
        const owners = [];
        if (partner_id) {
            owners.push(["partner_id", "=", partner_id.id]);
        }
        if (unit_id) {
            owners.push(["unit_id", "=", unit_id.id]);
        }
        this.dialog.add(SelectCreateDialog, {
            resModel: this.props.record.resModel,
            title: _t("Previous cases"),
            domain: [...Array(owners.length - 1).fill("|"), ...owners],
            multiSelect: false,
            noCreate: true,
            onSelected: ([id]) => this.show(this.props.record.resModel, id, _t("Previous case")),
        });
    }

    show(resModel, resId, title) {
        this.dialog.add(FormViewDialog, { resModel, resId, title, readonly: true });
    }
}

export const caseRegistration = {
    component: CaseRegistration,
    fieldDependencies: [
        { name: "partner_id", type: "many2one" },
        { name: "requester_id", type: "many2one" },
        { name: "unit_id", type: "many2one" },
        { name: "previous_case_count", type: "integer", readonly: true },
    ],
};

registry.category("view_widgets").add("atencion_case_registration", caseRegistration);
