import { registry } from "@web/core/registry";

const FLAT = ".o_atencion_unit_overdue[aria-label^='A-101']";

registry.category("web_tour.tours").add("atencion_unit_grid", {
    steps: () => [
        {
            content: "open the project",
            trigger: ".o_data_row .o_data_cell:contains(Gardens)",
            run: "click",
        },
        {
            content: "the grid shows at once, the flats of a floor side by side",
            trigger: `[role=grid] tr:has(${FLAT}) [aria-label^='A-102']`,
        },
        {
            content: "look for what is overdue",
            trigger: ".o_atencion_grid_legend.o_atencion_unit_overdue",
            run: "click",
        },
        {
            content: "the other units step back: go on with the keyboard",
            trigger: ".o_atencion_unit_dimmed[aria-label^='A-102']",
            run: (helpers) => helpers.anchor.focus(),
        },
        {
            trigger: ".o_atencion_unit[aria-label^='A-102']:focus",
            run: "press ArrowLeft",
        },
        {
            content: "open the cases of the flat",
            trigger: `${FLAT}:focus`,
            run: "press Enter",
        },
        {
            content: "its open case, and no other",
            trigger: ".o_list_view:not(:has(.o_data_row:eq(1))) .o_data_row:contains(It drips)",
        },
        {
            content: "a new case is of the flat",
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=unit_id] input:value(/A-101/)",
        },
        {
            content: "and of its contract",
            trigger: ".o_field_widget[name=contract_id] input:value(CT-1)",
        },
        {
            content: "leave it: the cases, then the project",
            trigger: ".o_form_button_cancel",
            run: "click",
        },
        {
            trigger: ".o_list_view",
        },
        {
            trigger: ".breadcrumb-item:contains(Gardens)",
            run: "click",
        },
        {
            content: "back in the grid",
            trigger: FLAT,
        },
    ],
});
