from . import (
    atencion_case_correspondence,
    atencion_case_texts,
    mail_message,
    mail_mail,
    mail_scheduled_message,
    mail_thread,
    mail_tracking_value,
    ir_attachment,
    ir_attachment_kept,
    rating_rating,
)
