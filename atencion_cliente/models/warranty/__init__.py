from . import (
    atencion_warranty_element,
    atencion_warranty_scheme,
    atencion_warranty_term,
    atencion_unit_warranty,
    atencion_case_warranty,
    atencion_case_warranty_text,
)
