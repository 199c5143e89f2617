/**
 * Open the wizard that asks for the note of a change of state.
 *
 * @param {Object} services
 * @param {Object} services.action
 * @param {Object} services.orm
 * @param {Object} change
 * @param {number} change.caseId
 * @param {number} change.stageId the state proposed
 * @param {Object} change.context
 * @param {Function} onClose called when the wizard closes, applied or not
 */
export async function askStageChange({ action, orm }, { caseId, stageId, context }, onClose) {
    const wizard = await orm.call("atencion.case", "action_change_stage", [[caseId]], {
        context: { ...context, atencion_stage_id: stageId },
    });
    return action.doAction(wizard, { onClose });
}
