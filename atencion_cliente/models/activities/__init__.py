from . import (
    atencion_case_activities,
    atencion_case_events,
    calendar_attendee,
    calendar_event,
    calendar_event_log,
    calendar_event_auditor,
    mail_activity,
    mail_activity_progress,
    mail_activity_kept,
    mail_activity_plan,
    mail_activity_plan_template,
)
