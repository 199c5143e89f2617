from . import (
    test_case_alert,
    test_live_columns,
    test_case_export,
    test_portal,
    test_stage_conditions,
    test_stage_matrix,
)
