import { registry } from "@web/core/registry";

const OFFER = ".o_atencion_offer:contains(Filtración en la ducha)";

registry.category("web_tour.tours").add("atencion_case_solutions", {
    steps: () => [
        {
            content: "open a new case",
            trigger: ".o_list_button_add",
            run: "click",
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
            content: "write who asks",
            trigger: ".o_field_widget[name=requester_firstname] input",
            run: "edit Ana",
        },
        {
            trigger: ".o_field_widget[name=requester_phone] input",
            run: "edit +51 999 555 000",
        },
        {
            content: "a subject that nothing fits",
            trigger: ".o_field_widget[name=subject] textarea, .o_field_widget[name=subject] input",
            run: "edit Estado de cuenta",
        },
        {
            content: "nothing is offered",
            trigger: ".o_form_view:not(:has(.o_atencion_solutions))",
        },
        {
            content: "write what the customer says",
            trigger: ".o_field_widget[name=subject] textarea, .o_field_widget[name=subject] input",
            run: "edit Fuga de agua en el baño",
        },
        {
            content: "leave the subject",
            trigger: ".o_field_widget[name=description] .odoo-editor-editable",
            run: "click",
        },
        {
            content: "unfold what is offered",
            trigger: ".o_atencion_solutions summary",
            run: "click",
        },
        {
            content: "the solution is offered, unsaved as the case is: open it",
            trigger: `${OFFER} .btn-link`,
            run: "click",
        },
        {
            content: "it opens in a dialog, to be read",
            trigger: ".modal .o_form_readonly .o_field_widget[name=solution]:contains(sello)",
        },
        {
            trigger: ".modal .btn-close",
            run: "click",
        },
        {
            content: "apply it with the keyboard",
            trigger: `body:not(:has(.modal)) ${OFFER} .o_atencion_apply`,
            run: (helpers) => {
                helpers.anchor.focus();
                helpers.anchor.click();
            },
        },
        {
            content: "it is marked as applied",
            trigger: `${OFFER} .badge:contains(Applied)`,
        },
        {
            content: "see the resolution",
            trigger: ".nav-link[name=solution]",
            run: "click",
        },
        {
            content: "the text was added",
            trigger: ".o_field_widget[name=resolution] .odoo-editor-editable:contains(sello)",
        },
        {
            content: "so was the solution",
            trigger: ".o_field_widget[name=solution_id] input:value(/Filtración en la ducha/)",
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
    ],
});
