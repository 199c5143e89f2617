/** Says what the warranty says of an element, as soon as unit and element are chosen. */

const ELEMENTS = "select[data-atencion-warranty]";

document.addEventListener("change", ({ target }) => {
    if (target.matches(ELEMENTS)) {
        tell(target);
    } else if (target.matches("select[name=unit]")) {
        target.form.querySelectorAll(ELEMENTS).forEach(tell);
    }
});

async function tell(select) {
    const query = new URLSearchParams({
        unit: select.form.elements.unit?.value ?? "",
        "line-0-element": select.value,
    });
    const asked = `${select.dataset.atencionWarranty}?${query}`;
    select.dataset.asked = asked;
    // Without an answer, the form says nothing of the warranty.
    const answer = await fetch(asked).catch(() => null);
    const text = answer?.ok ? (await answer.json()).text : "";
    if (select.dataset.asked === asked) {
        show(select, text);
    }
}

function show(select, text) {
    const line = select.closest("[data-atencion-line]");
    let note = line.querySelector("[data-part=verdict]");
    if (!note) {
        note = document.createElement("p");
        note.className = "c-note";
        note.dataset.part = "verdict";
        note.setAttribute("role", "status");
        select.parentElement.after(note);
    }
    note.textContent = text;
    note.hidden = !text;
}
