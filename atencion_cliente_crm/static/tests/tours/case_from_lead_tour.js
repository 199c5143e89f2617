import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("atencion_case_from_lead", {
    steps: () => [
        {
            content: "make a case of the lead",
            trigger: ".o_lead_opportunity_form button[name=action_new_atencion_case]",
            run: "click",
        },
        {
            content: "the form of the case is open, unsaved, with what the lead knows",
            trigger:
                ".o_atencion_case_form .o_field_widget[name=requester_lastname] input:value(María Quispe)",
        },
        {
            content: "choose the type",
            trigger: ".o_field_widget[name=type_id] input",
            run: "edit Leak",
        },
        {
            trigger: ".o_field_widget[name=type_id] .dropdown-item:contains(Leak)",
            run: "click",
        },
        {
            content: "save",
            trigger: ".o_form_button_save:enabled",
            run: "click",
        },
        {
            content: "the case has its number; open its opportunity",
            trigger:
                ".o_atencion_case_form:has(.o_field_widget[name=name]:contains(/-20\\d\\d-/)) button[name=action_open_lead]",
            run: "click",
        },
        {
            content: "the opportunity counts its case; open it",
            trigger: ".o_lead_opportunity_form button[name=action_open_atencion_cases]:contains(1)",
            run: "click",
        },
        {
            content: "the list shows it",
            trigger: ".o_list_view .o_data_row:contains(Interested in the penthouse)",
        },
    ],
});
