from . import (
    test_order_access,
    test_order_buyers,
    test_order_cancel,
    test_order_confirm,
    test_order_lines,
    test_order_tour,
    test_translation,
    test_unit_product,
)
