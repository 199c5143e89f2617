from . import (
    atencion_named,
    atencion_import_template,
    atencion_import,
    ir_fields_converter,
)
