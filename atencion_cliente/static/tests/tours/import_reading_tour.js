import { registry } from "@web/core/registry";

const READING = ".o_atencion_reading";
const CONTRACTS = "name;project_id;sale_date\nTIP-1;Gardens;";
// “Uno, 2º” as Windows writes it.
const UNITS = "project_id;code;name;area_m2\nGardens;TIP-1;Uno, 2\xba;1,200\n";

function choose(name, text) {
    const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    const files = new DataTransfer();
    files.items.add(new File([bytes], name, { type: "text/csv" }));
    const input = document.querySelector("input.o_input_file");
    input.files = files.files;
    input.dispatchEvent(new Event("change"));
}

function importScreen() {
    return [
        {
            trigger: ".o_cp_action_menus button:has(.fa-cog)",
            run: "click",
        },
        {
            trigger: ".o_import_menu",
            run: "click",
        },
    ];
}

registry.category("web_tour.tours").add("atencion_import_dates", {
    steps: () => [
        ...importScreen(),
        {
            trigger: ".o_import_file",
            run: () => choose("first.csv", `${CONTRACTS}3/4/25\nTIP-2;Gardens;5/4/25\n`),
        },
        {
            content: "the first doubtful date is shown as it is read: read it otherwise",
            trigger: `${READING}:contains(3 de abril de 2025) button:contains(4 de marzo de 2025)`,
            run: "click",
        },
        {
            content: "it is read otherwise, and so the options say",
            trigger: `${READING} span:contains(4 de marzo de 2025)`,
        },
        {
            content: "write the format by hand",
            trigger: ".o_import_date_format:value(MM/DD/YY)",
            run: "edit DD/MM/YYYY && press Tab",
        },
        {
            trigger: `${READING} span:contains(3 de abril de 2025)`,
            run: () => choose("second.csv", `${CONTRACTS}4/25/25\nTIP-2;Gardens;12/31/24\n`),
        },
        {
            content: "the next file is read by itself: it shows that the month comes first",
            trigger: `${READING}:not(:has(button)) span:contains(25 de abril de 2025)`,
        },
        {
            trigger: ".o_import_date_format:value(MM/DD/YY)",
        },
    ],
});

registry.category("web_tour.tours").add("atencion_import_numbers", {
    steps: () => [
        ...importScreen(),
        {
            trigger: ".o_import_file",
            run: () => choose("units.csv", UNITS),
        },
        {
            content: "the letters are shown, too",
            trigger: `${READING} span:contains(2º)`,
        },
        {
            trigger: `${READING}:contains(1200) button:contains(1.2)`,
            run: "click",
        },
        {
            content: "back to the thousand",
            trigger: `${READING} button:contains(1200)`,
            run: "click",
        },
        {
            trigger: `${READING} button:contains(1.2)`,
        },
        {
            content: "import",
            trigger: ".o_control_panel button.btn-secondary:eq(0)",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row:contains(TIP-1)",
        },
    ],
});
