from . import (
    test_access_rights,
    test_case_from_lead,
    test_lead_from_case,
    test_lead_merge,
    test_lead_tour,
    test_menus,
    test_translation,
)
