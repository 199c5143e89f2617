from . import (
    atencion_case_correspondence,
    mail_message,
    mail_message_origin,
    mail_mail,
    mail_notification,
    mail_scheduled_message,
    mail_template,
    mail_thread,
    mail_thread_rating,
    mail_tracking_value,
    ir_attachment,
    rating_rating,
)
