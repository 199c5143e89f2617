/** The files of one input: resized when they are chosen, shown, and removed one by one. */
export class Photographs {
    /**
     * @param {HTMLInputElement} input
     * @param {Object} parts the functions of the other files
     * @param {Object} form
     * @param {number} form.mostBytes of a file
     * @param {number} form.mostFiles of all inputs together
     * @param {() => number} form.fileCount of all inputs
     * @param {() => void} form.changed
     */
    constructor(input, parts, form) {
        Object.assign(this, { input, parts, form });
        this.files = [];
        this.ready = Promise.resolve();
        this.list = document.createElement("ul");
        this.list.className = "c-files";
        this.said = document.createElement("div");
        this.said.setAttribute("role", "status");
        input.after(this.list, this.said);
        input.classList.add("c-listed");
        input.addEventListener("change", () => this.choose([...input.files]));
    }

    /** Take over the files that a person chose; what is too much is said, and left out. */
    choose(files) {
        this.input.value = "";
        this.said.replaceChildren(this.parts.sentence("preparing"));
        // One after the other: ten pictures at once are too much for an old telephone.
        this.ready = this.ready.then(async () => {
            const leftOut = [];
            for (const file of files) {
                leftOut.push(...(await this.take(file)));
            }
            this.said.replaceChildren(...leftOut);
            this.form.changed();
        });
    }

    /** The sentences that say why a file was left out: none if it was taken. */
    async take(file) {
        const { mostBytes, mostFiles, fileCount } = this.form;
        if (fileCount() >= mostFiles) {
            return [this.parts.sentence("too-many", { limit: mostFiles, name: file.name })];
        }
        const sent = await this.parts.resized(file);
        if (sent.size > mostBytes) {
            const limit = Math.floor(mostBytes / 2 ** 20);
            return [this.parts.sentence("too-large", { limit, name: file.name })];
        }
        this.add(sent);
        return [];
    }

    add(file) {
        const { piece, part } = this.parts;
        const row = piece("file");
        part(row, "name").textContent = file.name;
        const remove = part(row, "remove");
        remove.setAttribute("aria-label", `${remove.textContent} ${file.name}`);
        remove.addEventListener("click", () => this.remove(file, row));
        this.preview(file, row.querySelector("img"));
        this.files.push(file);
        this.list.append(row);
    }

    preview(file, image) {
        const address = URL.createObjectURL(file);
        image.onload = () => {
            image.hidden = false;
            URL.revokeObjectURL(address);
        };
        image.onerror = () => URL.revokeObjectURL(address);
        image.src = address;
    }

    remove(file, row) {
        this.files.splice(this.files.indexOf(file), 1);
        row.remove();
        this.said.replaceChildren();
        this.input.focus();
        this.form.changed();
    }

    /** Put the files into what is sent, instead of those of the input, which has none. */
    addTo(body) {
        body.delete(this.input.name);
        for (const file of this.files) {
            body.append(this.input.name, file, file.name);
        }
    }
}
