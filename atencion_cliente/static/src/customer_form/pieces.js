/** What scripts show is written by the server, in the language of the page. */

/** The element of a `template` of the page. */
export function piece(name) {
    return document.getElementById(`c-piece-${name}`).content.firstElementChild.cloneNode(true);
}

/** The part of a piece that has this name. */
export function part(element, name) {
    return element.querySelector(`[data-part="${name}"]`);
}

/** A sentence, with the values that it names. */
export function sentence(name, values = {}) {
    const text = document.getElementById(`c-say-${name}`).content.firstElementChild.cloneNode(true);
    text.dataset.said = name;
    for (const place of text.querySelectorAll("[data-value]")) {
        place.textContent = values[place.dataset.value];
    }
    return text;
}

/** A box that is read out at once: a sentence, and what may be done. */
export function problem(...content) {
    const box = piece("problem");
    box.append(...content);
    return box;
}
