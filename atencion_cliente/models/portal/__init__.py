from . import (
    atencion_area_satisfaction,
    atencion_case_rating_request,
    atencion_case_satisfaction,
    atencion_case_type_satisfaction,
    rating_rating,
    res_company_satisfaction,
)
