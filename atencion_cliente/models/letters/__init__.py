from . import (
    atencion_letter_source,
    atencion_document_template,
    atencion_case_letter,
)
