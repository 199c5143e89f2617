import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("atencion_notes_and_files", {
    steps: () => [
        {
            content: "open the related files",
            trigger: ".oe_stat_button:contains(Related files)",
            run: "click",
        },
        {
            content: "the file says where it comes from: preview it",
            trigger: ".modal section:contains(A-101) .o_atencion_related_file:contains(plan.txt)",
            run: "click",
        },
        {
            content: "the preview shows it",
            trigger: ".o-FileViewer:contains(plan.txt)",
        },
        {
            content: "close the preview",
            trigger:
                ".o-FileViewer .o-FileViewer-headerButton[title='Close (Esc)'], .o-FileViewer div[aria-label='Close']",
            run: "click",
        },
        {
            content: "close the dialog",
            trigger: ".modal footer button:contains(Close)",
            run: "click",
        },
        {
            content: "go to the notes",
            trigger: ".o_notebook a[name=notes]",
            run: "click",
        },
        {
            content: "link a note that exists",
            trigger: ".o_field_widget[name=note_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            content: "choose it",
            trigger:
                ".modal .o_data_row:contains(Report of the plumber) .o_list_record_selector input",
            run: "click",
        },
        {
            content: "take it",
            trigger: ".modal footer .o_select_button:enabled",
            run: "click",
        },
        {
            content: "it is on the case",
            trigger:
                "body:not(:has(.modal)) .o_field_widget[name=note_ids] .o_data_row:contains(Report of the plumber)",
        },
        {
            content: "write a new note",
            trigger: "button[name=action_new_note]",
            run: "click",
        },
        {
            content: "name it",
            trigger: ".modal .o_field_widget[name=name] input",
            run: "edit Call with the owner",
        },
        {
            content: "write its text",
            trigger: ".modal .o_field_widget[name=body] .odoo-editor-editable",
            run: "editor He is at home on Monday",
        },
        {
            content: "save it",
            trigger: ".modal .o_form_button_save:enabled",
            run: "click",
        },
        {
            content: "both are there",
            trigger:
                "body:not(:has(.modal)) .o_field_widget[name=note_ids] .o_data_row:contains(Call with the owner)",
        },
    ],
});
