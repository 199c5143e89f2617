from . import (
    test_case_alert,
    test_case_clock,
    test_case_export,
    test_case_ledger,
    test_case_number,
    test_live_columns,
    test_portal,
    test_stage_conditions,
    test_stage_matrix,
)
