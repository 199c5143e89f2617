from . import canned_response, export, import_template, letter_upload, portal
from . import portal_actions, portal_document, portal_signature
