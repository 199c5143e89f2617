const DONE = ["received", "waived"];

function count(list, isCounted) {
    return list.records.filter(({ data }) => isCounted(data)).length;
}

/** What a tab of a case counts, by its name: a text of the values of the case, or nothing. */
export const tabCounts = {
    activities: ({ all_activity_ids: activities }) => count(activities, ({ active }) => active),
    documents: ({ document_ids: documents }) =>
        documents.count &&
        `${count(documents, ({ state }) => DONE.includes(state))}/${documents.count}`,
    notes: ({ note_ids: notes }) => notes.count,
};
