from . import (
    atencion_escalation_rule,
    atencion_escalation_rule_run,
    atencion_escalation_search,
    atencion_escalation_rule_actions,
    atencion_escalation_rule_simulation,
    atencion_escalation_log,
    atencion_case_escalation,
    atencion_case_escalation_action,
    atencion_case_escalation_clock,
    atencion_case_deadline_warning,
    atencion_case_forecast,
    atencion_case_forecast_text,
)
