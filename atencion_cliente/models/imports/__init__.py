from . import (
    atencion_reference,
    atencion_refused_rows,
    atencion_numbered,
    atencion_import_template,
    atencion_identity_zeros,
    atencion_import,
    ir_fields_converter,
)
