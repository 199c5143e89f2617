from . import (
    atencion_case_stage_change,
    atencion_document_generate,
    atencion_escalation_simulation,
    mail_compose_message,
    atencion_solution_revocation,
)
