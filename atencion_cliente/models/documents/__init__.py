from . import (
    atencion_document_requirement,
    atencion_case_document,
    atencion_case_document_rejections,
    atencion_case_document_text,
    atencion_case_document_files,
    atencion_case_document_deletion,
    atencion_case_document_flow,
    atencion_case_document_mail,
    atencion_case_requirements,
    atencion_case_related_files,
    ir_attachment,
)
