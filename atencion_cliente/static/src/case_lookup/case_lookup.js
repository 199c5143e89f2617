import { Component, useState } from "@odoo/owl";
import { AutoComplete } from "@web/core/autocomplete/autocomplete";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { useWhileOpen } from "../while_open";

const MINIMUM_LENGTH = 3;

/**
 * "Search by": one input for an identity number or a contract number, which fills holder,
 * contract, unit and project of the case.
 */
export class CaseLookup extends Component {
    static template = "atencion_cliente.CaseLookup";
    static components = { AutoComplete };
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ chosen: "" });
        this.whileOpen = useWhileOpen();
    }

    get sources() {
        return [
            {
                placeholder: _t("Searching..."),
                options: (text) => this.search(text),
            },
        ];
    }

    async search(text) {
        if (text.length < MINIMUM_LENGTH) {
            return [];
        }
        const matches = await this.whileOpen(this.orm.call("atencion.case", "lookup", [text]));
        if (!matches.length) {
            return [
                {
                    label: _t("No customer nor contract has that number"),
                    cssClass: "o_atencion_lookup_none",
                },
            ];
        }
        return matches.map((match) => ({
            label: match.label,
            cssClass: "o_atencion_lookup_match",
            onSelect: () => this.choose(match),
        }));
    }

    async choose({ label, values }) {
        const { record } = this.props;
        this.state.chosen = label;
        const { partner_id, ...property } = values;
        await this.whileOpen(record.update(property));
        // Choosing the contract sets its first holder: restore the one that was searched.
        if (partner_id && record.data.partner_id?.id !== partner_id.id) {
            await this.whileOpen(record.update({ partner_id }));
        }
    }
}

export const caseLookup = {
    component: CaseLookup,
    fieldDependencies: [
        { name: "partner_id", type: "many2one" },
        { name: "contract_id", type: "many2one" },
        { name: "unit_id", type: "many2one" },
        { name: "project_id", type: "many2one" },
    ],
};

registry.category("view_widgets").add("atencion_case_lookup", caseLookup);
