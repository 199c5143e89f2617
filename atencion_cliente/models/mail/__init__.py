from . import (
    atencion_area_mail,
    atencion_case_mail_in,
    atencion_case_mail_privacy,
    atencion_case_writer,
    atencion_incoming_mail,
    mail_settings,
    mail_thread,
)
