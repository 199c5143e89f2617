from . import (
    res_company_look,
    res_company_portal,
    res_config_settings_portal,
    atencion_case_type_portal,
    atencion_unit_form,
    atencion_incoming_mail_form,
    atencion_case_upload,
    atencion_case_form,
    atencion_case_form_warranty,
    ir_http_form,
)
