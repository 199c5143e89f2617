const FORM = "form[data-atencion-form]";
const FILES = "input[type=file][data-atencion-photos]";
const SUBMIT = "button[type=submit]:not([name]), input[type=submit]:not([name])";
const PAUSE = 400; // milliseconds of no typing, after which the text is kept
const LEAST_AGE = 4_000; // milliseconds: the server takes a form that was filled in faster for a robot's

/** A form that keeps what is written until the server has it, and sends photographs smaller. */
export class CustomerForm {
    /**
     * @param {HTMLFormElement} element
     * @param {Object} parts the functions of the other files
     */
    constructor(element, parts) {
        Object.assign(this, { element, parts });
        this.key = element.dataset.atencionForm;
        this.opened = performance.now();
        this.files = new Map();
        const { mostBytes, mostFiles, mostLines } = document.body.dataset;
        const changed = () => {
            this.haveFilesChanged = true;
            this.keepSoon();
        };
        const fileCount = () => this.photographs.reduce((sum, each) => sum + each.files.length, 0);
        this.limits = {
            mostBytes: Number(mostBytes),
            mostFiles: Number(mostFiles),
            changed,
            fileCount,
        };
        const prepareLine = (line) => this.prepareFiles(line);
        this.lines = new parts.Lines(element, parts, {
            mostLines: Number(mostLines),
            prepareLine,
            changed,
        });
    }

    /** @param {boolean} isAnswer whether the form is what the server answered */
    async start(isAnswer = false) {
        this.prepareFiles(this.element);
        this.kept = this.parts.piece("kept");
        this.parts.part(this.kept, "forget").addEventListener("click", () => this.forget());
        const draft = await this.parts.readDraft(this.key).catch(() => undefined);
        const isFound = draft && !isAnswer;
        this.element[isFound ? "prepend" : "append"](this.kept);
        if (draft) {
            this.restore(draft);
            this.parts.part(this.kept, "restored").hidden = !isFound;
            if (draft.isSent && isFound) {
                this.offerAgain("unanswered");
            }
        }
        this.element.addEventListener("input", () => this.keepSoon());
        this.element.addEventListener("submit", (event) => this.submit(event));
    }

    /** The lists of files that are in the form now, in the order of the page. */
    get photographs() {
        return [...this.element.querySelectorAll(FILES)]
            .map((input) => this.files.get(input))
            .filter(Boolean);
    }

    prepareFiles(element) {
        // Who has scripts need not do it.
        element.querySelectorAll("[data-part=choose-again]").forEach((hint) => hint.remove());
        for (const input of element.querySelectorAll(FILES)) {
            this.files.set(input, new this.parts.Photographs(input, this.parts, this.limits));
        }
    }

    // What is kept

    /** The fields that a person fills in. */
    get fields() {
        return [...this.element.elements].filter(
            (field) =>
                field.name &&
                !field.matches(
                    "button, fieldset, output, [type=hidden], [type=file], [type=submit]"
                )
        );
    }

    /** What tells the server that it has a form already: kept with the form, and sent again. */
    get once() {
        return this.element.querySelector("input[data-atencion-once]");
    }

    keepSoon() {
        clearTimeout(this.pause);
        this.pause = setTimeout(() => this.keep(), PAUSE);
    }

    /** Keep what is written; a browser that keeps nothing sends it all the same. */
    async keep(isSent = false) {
        clearTimeout(this.pause);
        const files = this.photographs.map(({ input, files }) => [input.name, files]);
        try {
            await this.parts.writeDraft(this.key, { ...this.written, isSent });
            if (this.haveFilesChanged) {
                await this.parts.writeFiles(this.key, files);
                this.haveFilesChanged = false;
            }
        } catch {
            this.kept.hidden = true;
        }
    }

    get written() {
        return {
            once: this.once?.value,
            lines: this.lines.all.length,
            fields: this.fields.map((field) => [
                field.name,
                field.matches("[type=checkbox], [type=radio]") ? field.checked : field.value,
                field.matches("[type=radio]") ? field.value : null,
            ]),
        };
    }

    restore(draft) {
        this.lines.setCount(draft.lines);
        const fields = this.fields;
        for (const [name, value, option] of draft.fields) {
            const field = fields.find(
                (field) => field.name === name && (option === null || field.value === option)
            );
            if (typeof value === "boolean" && field) {
                field.checked = value;
            } else if (field) {
                field.value = value;
            }
        }
        for (const [name, files] of draft.files) {
            const photographs = this.photographs.find(({ input }) => input.name === name);
            files.forEach((file) => photographs?.add(file));
        }
        if (this.once && draft.once) {
            this.once.value = draft.once;
        }
    }

    /** Delete what was written, for whoever uses the telephone next. */
    async forget() {
        clearTimeout(this.pause);
        await this.parts.removeDraft(this.key).catch(() => {});
        this.element.reset();
        location.reload();
    }

    // Sending

    async submit(event) {
        event.preventDefault();
        if (this.isBusy) {
            return;
        }
        this.isBusy = true;
        this.problem?.remove();
        const progress = this.parts.piece("progress");
        this.element.append(progress);
        const answer = await this.send(event, progress.querySelector("progress")).catch(() => null);
        progress.remove();
        if (answer) {
            await this.follow(answer);
        } else {
            this.offerAgain("unsent");
        }
        this.isBusy = false;
    }

    async send({ submitter }, bar) {
        await Promise.all(this.photographs.map(({ ready }) => ready));
        await this.keep(true);
        const early = LEAST_AGE - (performance.now() - this.opened);
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, early)));
        const progressed = (percent) => (bar.value = percent);
        return this.parts.send(this.address, this.body(submitter), progressed);
    }

    get address() {
        return this.element.getAttribute("action") || location.href;
    }

    body(submitter) {
        const body = new FormData(this.element);
        if (submitter?.name) {
            body.append(submitter.name, submitter.value);
        }
        this.photographs.forEach((each) => each.addTo(body));
        return body;
    }

    /** Go where the server sends: to the thanks, or back to the form with what is wrong in it. */
    async follow({ ok, address, page }) {
        if (ok && this.isElsewhere(address) && !page?.querySelector("input[type=password]")) {
            await this.parts.removeDraft(this.key).catch(() => {});
            location.assign(address);
            return;
        }
        await this.keep();
        if (page?.querySelector(FORM)) {
            await this.replaceBy(page);
        } else {
            const words = page?.querySelector("#content")?.childNodes;
            this.showProblem(...(words ?? [this.parts.sentence("refused")]));
        }
    }

    isElsewhere(address) {
        const asked = new URL(this.address, location.href);
        return new URL(address).pathname !== asked.pathname;
    }

    async replaceBy(page) {
        const content = document.querySelector("#content");
        content.replaceChildren(
            ...document.importNode(page.querySelector("#content"), true).childNodes
        );
        await new CustomerForm(content.querySelector(FORM), this.parts).start(true);
        const wrong = content.querySelector("[aria-invalid=true]");
        (wrong ?? content).focus();
        (wrong ?? content.querySelector("h1")).scrollIntoView({ block: "center" });
    }

    offerAgain(reason) {
        const again = this.parts.piece("again");
        again.addEventListener("click", () => this.element.querySelector(SUBMIT).click());
        this.showProblem(this.parts.sentence(reason), again);
    }

    showProblem(...content) {
        this.problem?.remove();
        this.problem = this.parts.problem(...content);
        this.element.append(this.problem);
        this.problem.focus();
    }
}
