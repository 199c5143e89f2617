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
    atencion_case_customer_act,
    atencion_case_upload,
    atencion_case_document_hand_over,
    atencion_case_handed_over,
    atencion_case_customer_reopening,
    atencion_case_confirmation,
    atencion_case_signature,
    res_config_settings_portal,
    atencion_case_type_portal,
    atencion_incoming_mail_form,
    atencion_case_form,
    atencion_case_form_warranty,
    ir_http_form,
    res_company_satisfaction,
)
from . import atencion_case_type_deadline
from . import atencion_case_customer_list
from . import atencion_case_customer_page
from . import atencion_case_customer_events
