from . import (
    canned_response,
    export,
    import_template,
    letter_upload,
    portal,
    portal_actions,
    portal_document,
    portal_signature,
    portal_writer,
    rating,
    unit_codes,
)
