"""Prints the page of a letter with WeasyPrint.

wkhtmltopdf, which prints Odoo's reports, shrinks a whole letter for one long word and, in the
build of Debian, cuts rows of tables and does not repeat their headings.
"""

import logging

from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)
# It warns of each style that it does not know, of which mails are full.
logging.getLogger("weasyprint").setLevel(logging.ERROR)


def print_page(env, page):
    """The PDF of a page, which contains all that it shows: no address and no file is loaded.

    :param env: environment, for the language of errors
    :param str page: HTML
    :rtype: bytes
    :raise UserError: the server lacks WeasyPrint or Pango, or the text cannot be laid out
    """
    try:
        # WeasyPrint loads Pango, a library of the system, when it is imported.
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError) as error:
        _logger.info("WeasyPrint cannot be loaded: %s", error)
        raise UserError(
            env._(
                "The server lacks WeasyPrint or Pango, which print documents. Ask its "
                "administrator to install them."
            )
        ) from error
    fetcher = URLFetcher(allowed_protocols=("data",))
    try:
        return HTML(string=page, url_fetcher=fetcher).write_pdf(presentational_hints=True)
    except RecursionError as error:
        raise UserError(
            env._(
                "The text has too many tables or lists within each other to be printed. Paste "
                "it again without its format."
            )
        ) from error
