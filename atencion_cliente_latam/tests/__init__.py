from . import test_case_identity, test_partner_identity, test_translation
