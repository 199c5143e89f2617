from . import (
    atencion_call,
    atencion_case_calls,
)
