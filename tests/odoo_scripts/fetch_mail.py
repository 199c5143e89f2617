"""Fetches the mail of all mailboxes once, as Odoo's job does."""

env["fetchmail.server"].search([])._fetch_mail()
