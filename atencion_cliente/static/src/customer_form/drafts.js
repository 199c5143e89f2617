/** What was written and not sent, in the database of the browser: text and files of each form. */

const DATABASE = "atencion";
const STORE = "drafts";
const KEPT = 7 * 24 * 3600 * 1000; // milliseconds

/** The draft of a form, with its files; undefined if there is none, or if it is too old. */
export async function readDraft(key) {
    const draft = await inStore("readonly", (store) => store.get([key, "text"]));
    if (!draft || Date.now() - draft.at > KEPT) {
        await removeDraft(key);
        return undefined;
    }
    const files = await inStore("readonly", (store) => store.get([key, "files"]));
    return { ...draft, files: files ?? [] };
}

/** Keep what was written instead of what was kept before. */
export function writeDraft(key, draft) {
    return inStore("readwrite", (store) => store.put({ ...draft, at: Date.now() }, [key, "text"]));
}

/** Keep the files, which are too large to be written with each word. */
export function writeFiles(key, files) {
    return inStore("readwrite", (store) => store.put(files, [key, "files"]));
}

export function removeDraft(key) {
    const parts = IDBKeyRange.bound([key], [key, []]);
    return inStore("readwrite", (store) => store.delete(parts));
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
