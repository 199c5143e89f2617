from . import (
    atencion_case_customer_mail,
    atencion_case_notice_mail,
    atencion_case_notice_sender,
    atencion_case_notice_text,
    atencion_case_notices,
)
