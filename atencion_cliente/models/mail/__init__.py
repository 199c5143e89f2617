from . import (
    atencion_area_mail,
    atencion_case_mail_in,
    atencion_case_mail_new,
    atencion_case_mail_number,
    atencion_case_mail_privacy,
    atencion_case_mail_route,
    atencion_case_related,
    atencion_case_writer,
    atencion_incoming_mail,
    mail_thread,
    mail_thread_route,
)
