/**
 * The records of a list, also inside of its open groups.
 *
 * @returns {Array}
 */
export function shownRecords(list) {
    return list.isGrouped ? list.groups.flatMap((group) => shownRecords(group.list)) : list.records;
}
