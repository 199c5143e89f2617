const NUMBERED = ["name", "id", "for", "aria-describedby", "aria-labelledby", "aria-errormessage"];
const LAST_NUMBER = /\d+(?=\D*$)/;
const CONTROLS = "input, select, textarea";

/**
 * The lines of a form, such as several defects of one visit: added and removed without asking
 * the server.
 *
 * The last number in the names and ids of a line is its own, such as in `line-0-text`; the last
 * one in its legend says which one it is, from one.
 */
export class Lines {
    /**
     * @param {HTMLFormElement} element
     * @param {Object} parts the functions of the other files
     * @param {Object} form
     * @param {number} form.mostLines
     * @param {(line: HTMLElement) => void} form.prepareLine called for a line that was added
     * @param {() => void} form.changed
     */
    constructor(element, parts, form) {
        Object.assign(this, { element, parts, form });
        this.addButton = element.querySelector("button[name=add_line]");
        this.first = this.all.length ? numberIn(this.all[0]) : 0;
        this.addButton?.addEventListener("click", (event) => {
            event.preventDefault();
            this.add().querySelector(CONTROLS)?.focus();
            this.form.changed();
        });
        this.update();
    }

    get all() {
        return [...this.element.querySelectorAll("[data-atencion-line]")];
    }

    setCount(count) {
        while (this.all.length && this.all.length < Math.min(count, this.form.mostLines)) {
            this.add();
        }
    }

    add() {
        const last = this.all.at(-1);
        const line = last.cloneNode(true);
        empty(line);
        last.after(line);
        this.update();
        this.form.prepareLine(line);
        return line;
    }

    remove(line) {
        const position = this.all.indexOf(line);
        line.remove();
        this.update();
        this.all[Math.max(0, position - 1)].querySelector(CONTROLS)?.focus();
        this.form.changed();
    }

    update() {
        const lines = this.all;
        lines.forEach((line, position) => {
            renumber(line, this.first + position);
            const legend = line.querySelector("legend");
            if (legend) {
                legend.textContent = withLast(legend.textContent, position + 1);
            }
            this.offerRemoval(line, lines.length > 1);
        });
        if (this.addButton) {
            this.addButton.hidden = lines.length >= this.form.mostLines;
        }
    }

    offerRemoval(line, offered) {
        const { piece, part } = this.parts;
        let button = part(line, "remove-line");
        if (!button && offered) {
            button = piece("remove-line");
            button.addEventListener("click", () => this.remove(line));
            line.append(button);
        }
        if (button) {
            button.hidden = !offered;
        }
    }
}

/** Make a copy of a line a new one: without values, files, complaints. */
function empty(line) {
    for (const added of line.querySelectorAll(".c-files, .c-error, [role=status], [data-part]")) {
        added.remove();
    }
    for (const control of line.querySelectorAll(CONTROLS)) {
        control.removeAttribute("aria-invalid");
        if (control.matches("[type=checkbox], [type=radio]")) {
            control.checked = control.defaultChecked;
        } else if (control.matches("select")) {
            control.selectedIndex = 0;
        } else if (control.type !== "hidden") {
            control.value = "";
        }
    }
}

function numberIn(line) {
    const control = line.querySelector(CONTROLS);
    return Number(control?.name.match(LAST_NUMBER)?.[0] ?? 0);
}

function renumber(line, number) {
    for (const element of line.querySelectorAll("*")) {
        for (const name of NUMBERED.filter((name) => element.hasAttribute(name))) {
            const words = element.getAttribute(name).split(" ");
            element.setAttribute(name, words.map((word) => withLast(word, number)).join(" "));
        }
    }
}

function withLast(text, number) {
    return text.replace(LAST_NUMBER, number);
}
