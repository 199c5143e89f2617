import { Component, useRef, useState } from "@odoo/owl";
import { AutoComplete } from "@web/core/autocomplete/autocomplete";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { useWhileOpen } from "../while_open";

const MINIMUM_LENGTH = 3;

/**
 * "Search by": a box for what a caller says, a number, a telephone, a name or a unit, which
 * fills holder, contract, unit and project of the case.
 */
export class CaseLookup extends Component {
    static template = "atencion_cliente.CaseLookup";
    static components = { AutoComplete };
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ chosen: "" });
        this.whileOpen = useWhileOpen();
        this.root = useRef("root");
        // The next case of a quick creation begins with an empty box.
        useRecordObserver((record) => {
            if (record.id !== this.recordId) {
                this.recordId = record.id;
                this.state.chosen = "";
                this.requesterId = undefined;
            }
        });
    }

    get sources() {
        return [
            {
                placeholder: _t("Searching..."),
                optionSlot: "match",
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
                    label: _t("No number, phone, holder or unit is like that"),
                    cssClass: "o_atencion_lookup_none",
                    data: { matched: "" },
                },
            ];
        }
        return matches.map((match) => ({
            label: match.label,
            cssClass: "o_atencion_lookup_match",
            data: { matched: match.matched },
            onSelect: () => this.choose(match),
        }));
    }

    async choose({ label, values }) {
        const { record } = this.props;
        this.state.chosen = label;
        const { partner_id, ...property } = values;
        // Who asked in the match that was chosen before does not ask in this one.
        if (this.requesterId && record.data.requester_id?.id === this.requesterId) {
            property.requester_id ??= false;
        }
        this.requesterId = property.requester_id?.id;
        await this.whileOpen(record.update(property));
        // The contract fills its first holder, but the searched one is wanted.
        if (partner_id && record.data.partner_id?.id !== partner_id.id) {
            await this.whileOpen(record.update({ partner_id }));
        }
        this.root.el
            ?.closest(".o_form_renderer")
            ?.querySelector("[name=subject] :is(input, textarea)")
            ?.focus();
    }
}

export const caseLookup = {
    component: CaseLookup,
    fieldDependencies: [
        { name: "partner_id", type: "many2one" },
        { name: "contract_id", type: "many2one" },
        { name: "unit_id", type: "many2one" },
        { name: "project_id", type: "many2one" },
        { name: "requester_id", type: "many2one" },
    ],
};

registry.category("view_widgets").add("atencion_case_lookup", caseLookup);
