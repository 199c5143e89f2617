from . import (
    atencion_area_satisfaction,
    atencion_case_rating_request,
    atencion_case_satisfaction,
    atencion_case_type_satisfaction,
    rating_rating,
    res_company_portal,
    res_company_look,
    atencion_unit_form,
    atencion_unit_codes,
    atencion_case_link,
    mail_mail_link,
    res_partner_link,
)
