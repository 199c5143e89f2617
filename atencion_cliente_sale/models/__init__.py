from . import (
    atencion_case_related_files,
    atencion_contract,
    atencion_unit,
    product_template,
    sale_order,
    atencion_order_buyer,
    atencion_order_buyer_merge,
    sale_order_buyers,
    sale_order_cancellation,
    sale_order_confirmation,
    sale_order_line,
)
