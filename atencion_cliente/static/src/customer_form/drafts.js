/** What was written and not sent, in the database of the browser, one entry a form. */

const DATABASE = "atencion";
const STORE = "drafts";
const KEPT = 7 * 24 * 3600 * 1000; // milliseconds

/** The draft of a form; undefined if there is none, or if it is too old. */
export async function readDraft(key) {
    const draft = await inStore("readonly", (store) => store.get(key));
    return draft && Date.now() - draft.at < KEPT ? draft : undefined;
}

/** Keep what was written: a draft, which replaces the one that was kept before. */
export function writeDraft(key, draft) {
    return inStore("readwrite", (store) => store.put({ ...draft, at: Date.now() }, key));
}

export function removeDraft(key) {
    return inStore("readwrite", (store) => store.delete(key));
}

async function inStore(mode, act) {
    const database = await done(openDatabase());
    try {
        return await done(act(database.transaction(STORE, mode).objectStore(STORE)));
    } finally {
        database.close();
    }
}

function openDatabase() {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    return request;
}

function done(request) {
    return new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
        request.onblocked = () => reject(new Error("blocked"));
    });
}
