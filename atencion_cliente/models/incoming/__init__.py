from . import (
    atencion_case_mail_in,
    atencion_case_mail_privacy,
    atencion_case_writer,
    mail_thread,
)
