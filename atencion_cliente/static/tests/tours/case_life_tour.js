import { registry } from "@web/core/registry";

/** Steps that change the state through the wizard; `fill` answers what it asks. */
function changeStage(stage, fill = []) {
    return [
        {
            content: `ask for ${stage}`,
            trigger: "button[name=action_change_stage]:enabled",
            run: "click",
        },
        {
            content: `choose ${stage}`,
            trigger: `.modal .o_radio_item:contains(/^${stage}$/) input`,
            run: "click",
        },
        ...fill,
        {
            content: "write the note",
            trigger: ".modal .o_field_widget[name=note] textarea",
            run: `edit Note of ${stage}`,
        },
        {
            content: "apply",
            trigger: ".modal button[name=action_apply]:enabled",
            run: "click",
        },
        {
            content: `the case is ${stage}`,
            trigger: `body:not(:has(.modal)) .o_statusbar_status .o_arrow_button_current:contains(${stage})`,
        },
    ];
}

registry.category("web_tour.tours").add("atencion_case_life", {
    steps: () => [
        {
            content: "open a new case",
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            content: "look the customer up by identity number",
            trigger: ".o_atencion_lookup input",
            run: "edit 70000101",
        },
        {
            content: "two contracts match: choose one",
            trigger: ".o_atencion_lookup_match:contains(CT-1) a",
            run: "click",
        },
        {
            content: "holder and unit are filled",
            trigger: ".o_field_widget[name=unit_id] input:value(/A-101/)",
        },
        {
            trigger: ".o_field_widget[name=partner_id] input:value(/Rosa Quispe/)",
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
            content: "its area takes the case",
            trigger: ".o_field_widget[name=area_id] input:value(Repairs)",
        },
        {
            content: "save",
            trigger: ".o_form_button_save:enabled",
            run: "click",
        },
        {
            content: "the case has its number",
            trigger: ".o_form_view .o_field_widget[name=name]:contains(/-20\\d\\d-/)",
        },
        ...changeStage("Case transferred", [
            {
                content: "look for the other area",
                trigger: ".modal .o_field_widget[name=area_id] input",
                run: "edit Deeds",
            },
            {
                content: "choose it",
                trigger: ".modal .o_field_widget[name=area_id] .dropdown-item:contains(Deeds)",
                run: "click",
            },
        ]),
        ...changeStage("In progress"),
        ...changeStage("Upheld", [
            {
                content: "write the resolution",
                trigger: ".modal .o_field_widget[name=resolution] .odoo-editor-editable",
                run: "editor The seal was changed",
            },
        ]),
        ...changeStage("Reactivated"),
    ],
});
