from . import (
    atencion_case_customer_addresses,
    atencion_case_customer_mail,
    atencion_case_customer_wrote,
    atencion_case_notice_chat,
    atencion_case_notice_followers,
    atencion_case_notice_mail,
    atencion_case_notice_sender,
    atencion_case_notice_tasks,
    atencion_case_notice_text,
    atencion_case_notices,
    mail_template,
    res_company,
)
