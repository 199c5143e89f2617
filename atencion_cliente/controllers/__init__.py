from . import (
    canned_response,
    export,
    import_template,
    letter_upload,
    portal,
    portal_writer,
)
