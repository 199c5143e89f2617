from . import canned_response, export, import_template, letter_upload, portal
from . import portal_new_case, public_form
