from . import (
    res_company_portal,
    res_company_look,
    atencion_unit_form,
    atencion_unit_codes,
)
