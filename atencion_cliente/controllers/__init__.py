from . import export, import_template, portal
