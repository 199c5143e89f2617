from . import (
    atencion_document_template,
    atencion_letter_source,
    atencion_case_letter,
)
