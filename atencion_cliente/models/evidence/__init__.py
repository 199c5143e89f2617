from . import (
    atencion_case_correspondence,
    mail_message,
    mail_mail,
    mail_scheduled_message,
    mail_thread,
    mail_tracking_value,
    ir_attachment,
    rating_rating,
)
