import re

# What differs from one answer to the next: tokens of the form, and what the link itself says.
CHANGING = re.compile(
    r'csrf_token: "[^"]*"|/my/cases/\d+(/[a-z]+(/\d+)?)?|\?(access_token=[^"]*)?(?=")'
    r'|"[0-9a-f]{40}"'
)


def without_what_changes(text):
    """A page without what differs from one answer to the next, though it says the same."""
    return CHANGING.sub("", text)


class PortalPages:
    """Opens pages as a customer does: with a login, without one, or by a link with a token."""

    def page(self, user, url, token=None, **options):
        """What a page answers.

        :param user: ``res.users``, or None for nobody
        """
        login = user and user.login
        self.authenticate(login, login and login + "x" * (8 - len(login)))
        query = f"?access_token={token}" if token else ""
        return self.url_open(url + query, **options)
