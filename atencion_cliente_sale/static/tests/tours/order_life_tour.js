import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("atencion_order_life", {
    steps: () => [
        {
            content: "write the number of the contract",
            trigger: ".o_field_widget[name=atencion_contract_number] input",
            run: "edit CT-2026-0154",
        },
        {
            content: "confirm the order",
            trigger: ".o_statusbar_buttons button[name=action_confirm]:enabled",
            run: "click",
        },
        {
            content: "open the contract that it became",
            trigger: "button[name=action_open_atencion_contract]",
            run: "click",
        },
        {
            content: "the contract keeps the number of its quotation",
            trigger: ".o_field_widget[name=name] input:value(CT-2026-0154)",
        },
        {
            content: "open its cases",
            trigger: ".o_stat_text:contains(Cases)",
            run: "click",
        },
        {
            content: "register one",
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            content: "the holder and the unit are filled",
            trigger: ".o_field_widget[name=unit_id] input:value(/B-201/)",
        },
        {
            trigger: ".o_field_widget[name=partner_id] input:value(/Ana Torres/)",
        },
        {
            content: "write the subject",
            trigger: ".o_field_widget[name=subject] textarea, .o_field_widget[name=subject] input",
            run: "edit Water under the sink",
        },
        {
            content: "look for the type",
            trigger: ".o_field_widget[name=type_id] input",
            run: "edit Leak",
        },
        {
            content: "choose the type",
            trigger: ".o_field_widget[name=type_id] .dropdown-item:contains(Leak)",
            run: "click",
        },
        {
            content: "save",
            trigger: ".o_form_button_save:enabled",
            run: "click",
        },
        {
            content: "the case has its number: go back to the contract",
            trigger: ".o_form_view:has(.o_field_widget[name=name]:contains(/-20\\d\\d-/))",
        },
        {
            trigger: ".o_breadcrumb a:contains(CT-2026-0154), .o_back_button",
            run: "click",
        },
        {
            content: "open the order",
            trigger: "button[name=action_open_sale_orders]",
            run: "click",
        },
        {
            content: "cancel it",
            trigger: ".o_statusbar_buttons button:contains(/^Cancel$/):enabled",
            run: "click",
        },
        {
            content: "what happens is said before it does",
            trigger: ".modal .o_field_widget[name=atencion_consequences]:contains(is terminated)",
        },
        {
            trigger: ".modal .o_field_widget[name=atencion_consequences]:contains(stay open: 1)",
        },
        {
            content: "cancel all the same",
            trigger: ".modal button[name=action_mass_cancel]:enabled",
            run: "click",
        },
        {
            content: "the order is cancelled",
            trigger:
                "body:not(:has(.modal)) .o_statusbar_status .o_arrow_button_current:contains(Cancelled)",
        },
    ],
});
