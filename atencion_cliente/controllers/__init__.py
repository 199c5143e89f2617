from . import export, import_template, letter_upload, portal
