from odoo.http import request

from ..tools.uploaded_file import MAX_FILES, MAX_SIZE


def sent_files(name):
    """The files of a field of a form, read as far as their limits: pairs of name and content.

    :param str name: of the field
    """
    found = []
    for file in request.httprequest.files.getlist(name):
        # A field without a choice sends one file without a name.
        if file.filename and len(found) <= MAX_FILES:
            # Odoo rewinds only the first one when the database asks to repeat the request.
            file.seek(0)
            found.append((file.filename, file.read(MAX_SIZE + 1)))
    return found
