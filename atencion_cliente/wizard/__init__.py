# ruff: noqa: I001
from . import (
    atencion_dialog,
    atencion_case_reception_correction,
    atencion_archiving,
    atencion_case_stage_change,
    atencion_contract_holder_change,
    atencion_contract_holder_change_line,
    atencion_deadline_change,
    atencion_document_generate,
    atencion_document_doubts,
    atencion_escalation_simulation,
    atencion_requester_registration,
    atencion_solution_revocation,
    atencion_user_departure,
    base_import_import,
    base_partner_merge,
    mail_compose_message,
)
