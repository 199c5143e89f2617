from . import (
    atencion_case_customer_act,
    atencion_case_upload,
    atencion_case_document_hand_over,
    atencion_case_handed_over,
    atencion_case_customer_reopening,
    atencion_case_confirmation,
    atencion_case_signature,
)
