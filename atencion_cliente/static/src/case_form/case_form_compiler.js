import { FormCompiler } from "@web/views/form/form_compiler";

// On a button of the header: it is beside the menu "More", not in it.
const OUTSIDE = "o_atencion_outside";

/** Compiles the form of a case: what stays outside of the menu "More", and tabs with counts. */
export class CaseFormCompiler extends FormCompiler {
    compileHeader() {
        const header = super.compileHeader(...arguments);
        for (const button of header.querySelectorAll("ViewButton")) {
            const classes = button.getAttribute("className") || "";
            button.parentElement.setAttribute("isOutside", `${classes.includes(OUTSIDE)}`);
        }
        return header;
    }

    compileNotebook() {
        const notebook = super.compileNotebook(...arguments);
        for (const page of notebook.children) {
            const [name, title] = [page.getAttribute("name"), page.getAttribute("title")];
            page.setAttribute("title", `__comp__.tabTitle(${name}, ${title})`);
        }
        return notebook;
    }
}
