from . import (
    atencion_case_link,
    mail_mail_link,
    res_company_portal,
    res_partner_link,
)
