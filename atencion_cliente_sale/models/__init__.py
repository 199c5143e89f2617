from . import (
    atencion_case_related_files,
    atencion_contract,
    atencion_sale_cancellation,
    atencion_sale_confirmation,
    atencion_unit,
    product_template,
    sale_order,
    sale_order_line,
)
