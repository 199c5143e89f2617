from . import (
    atencion_area,
    atencion_area_notification,
    atencion_case_category,
    atencion_case_stage,
    atencion_case_type,
    atencion_source,
    atencion_place,
    atencion_claim_type,
    atencion_request_type,
    atencion_request_detail,
)
