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
