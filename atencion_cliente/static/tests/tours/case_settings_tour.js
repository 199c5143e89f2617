import { registry } from "@web/core/registry";

const field = (name) => `.o_field_widget[name=${name}] input`;

registry.category("web_tour.tours").add("atencion_load_example", {
    steps: () => [
        {
            content: "the empty list of cases offers the example",
            trigger: ".o_nocontent_help a[data-method=action_load]",
            run: "click",
        },
        {
            content: "the next step are the people of the areas",
            trigger: ".o_list_view .o_data_row:contains(Technical After-sales)",
        },
        {
            content: "what was loaded is told",
            trigger: ".o_notification:contains(records were loaded)",
        },
        {
            content: "which ends by itself",
            trigger: "body:not(:has(.o_notification))",
        },
        {
            content: "no way leads back to the empty page",
            trigger: ".o_control_panel:not(:has(.breadcrumb-item a, .o_back_button))",
        },
        {
            content: "but the menu leads",
            trigger: "[data-menu-xmlid='atencion_cliente.atencion_cases_menu']",
            run: "click",
        },
        {
            content: "to the cases",
            trigger: ".o-dropdown--menu [data-menu-xmlid='atencion_cliente.atencion_case_menu']",
            run: "click",
        },
        {
            content: "the empty list no longer asks for what is there",
            trigger: ".o_nocontent_help:not(:has([data-method=action_load])):contains(first case)",
        },
    ],
});

registry.category("web_tour.tours").add("atencion_create_settings", {
    steps: () => [
        {
            content: "an area that is not there",
            trigger: field("area_id"),
            run: "edit Gardens team",
        },
        {
            content: "is created from the field",
            trigger: ".o-autocomplete--dropdown-menu .o_m2o_dropdown_option_create",
            run: "click",
        },
        {
            content: "a type that is not there",
            trigger: field("type_id"),
            run: "edit Gardening",
        },
        {
            content: "is created in a dialog",
            trigger: ".o-autocomplete--dropdown-menu .o_m2o_dropdown_option_create_edit",
            run: "click",
        },
        {
            content: "it has no deadline until somebody says so",
            trigger:
                ".modal .o_form_view:not(:has([name=max_days])) .o_field_widget[name=has_limit] input",
            run: "click",
        },
        {
            content: "its days are chosen",
            trigger: ".modal .o_field_widget[name=max_days] input",
            run: "edit 9",
        },
        {
            content: "and saved",
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            content: "the case has it",
            trigger: `body:not(:has(.modal)) ${field("type_id")}:value(Gardening)`,
        },
        {
            content: "a unit that is not there",
            trigger: field("unit_id"),
            run: "edit Z-101",
        },
        {
            content: "is created in a dialog, too",
            trigger: ".o-autocomplete--dropdown-menu .o_m2o_dropdown_option_create_edit",
            run: "click",
        },
        {
            content: "which says what is mandatory",
            trigger: ".modal .o_atencion_marks_required [name=project_id].o_required_modifier",
        },
        {
            content: "its name",
            trigger: ".modal .o_field_widget[name=name] input",
            run: "edit Apartment 101",
        },
        {
            content: "its code",
            trigger: ".modal .o_field_widget[name=code] input",
            run: "edit Z-101",
        },
        {
            content: "its project, which is not there, either",
            trigger: ".modal .o_field_widget[name=project_id] input",
            run: "edit Zenith",
        },
        {
            content: "is created from its field",
            trigger: ".o-autocomplete--dropdown-menu .o_m2o_dropdown_option_create",
            run: "click",
        },
        {
            content: "and the unit is saved",
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            content: "the case has the unit",
            trigger: `body:not(:has(.modal)) ${field("unit_id")}:value(Apartment 101)`,
        },
        {
            content: "discard the case",
            trigger: ".o_form_button_cancel",
            run: "click",
        },
    ],
});

registry.category("web_tour.tours").add("atencion_ask_for_settings", {
    steps: () => [
        {
            content: "an area that is not there",
            trigger: field("area_id"),
            run: "edit Gardens team",
        },
        {
            content: "whom to ask",
            trigger: ".o-autocomplete--dropdown-menu .o_m2o_no_result:contains(Ask)",
        },
        {
            content: "nothing can be created",
            trigger:
                "body:not(:has(.o_m2o_dropdown_option_create, .o_m2o_dropdown_option_create_edit))",
        },
        {
            content: "discard the case",
            trigger: ".o_form_button_cancel",
            run: "click",
        },
    ],
});
