from . import (
    atencion_case_chat,
    atencion_case_whatsapp,
    atencion_whatsapp_text,
    res_company_whatsapp,
)
