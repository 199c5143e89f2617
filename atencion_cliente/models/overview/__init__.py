from . import (
    atencion_case_overview,
    atencion_case_overview_actions,
    atencion_case_overview_texts,
    res_users_start,
)
