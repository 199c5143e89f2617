from . import test_translation, test_website_form
