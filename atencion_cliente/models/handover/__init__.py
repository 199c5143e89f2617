from . import (
    atencion_contract_handover,
    atencion_handover_item,
    atencion_handover_check,
)
