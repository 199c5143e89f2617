import { registry } from "@web/core/registry";

const column = (stage) => `.o_kanban_group:has(.o_column_title:contains(${stage}))`;

registry.category("web_tour.tours").add("atencion_case_kanban", {
    steps: () => [
        {
            content: "drag the card to another state",
            trigger: `${column("In progress")} .o_kanban_record:contains(Dragged case)`,
            run: `drag_and_drop (${column("In formalities")})`,
        },
        {
            content: "no note, no change",
            trigger: ".modal button[special=cancel]",
            run: "click",
        },
        {
            content: "the card is back; drag it again",
            trigger: `body:not(:has(.modal)) ${column(
                "In progress"
            )} .o_kanban_record:contains(Dragged case)`,
            run: `drag_and_drop (${column("In formalities")})`,
        },
        {
            content: "the wizard proposes the state of the column",
            trigger: ".modal .o_radio_item:contains(In formalities) input:checked",
        },
        {
            content: "write the note",
            trigger: ".modal .o_field_widget[name=note] textarea",
            run: "edit The registry has it",
        },
        {
            content: "apply",
            trigger: ".modal button[name=action_apply]:enabled",
            run: "click",
        },
        {
            content: "the card is in the other column",
            trigger: `body:not(:has(.modal)) ${column(
                "In formalities"
            )} .o_kanban_record:contains(Dragged case)`,
        },
    ],
});
