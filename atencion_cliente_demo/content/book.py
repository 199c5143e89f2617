from datetime import timedelta

from odoo import fields

from odoo.addons.atencion_cliente.models.imports import atencion_import

MODULE = "atencion_cliente_demo"
# Loading demo data notifies nobody and sends nothing.
QUIET = atencion_import.QUIET | {
    "no_mail_to_attendees": True,
    "no_reset_password": True,
    "dont_notify": True,
    "skip_contact_description": True,
}
# Odoo's base_vat would check the numbers of persons as numbers of companies.
ALL_NUMBERS = {"no_vat_validation": True}


class Book:
    """The records of the demo data by key, and the days to which their dates are relative.

    Each record has the external id ``demo_<key>``. It is never updated, so that users can
    change it, and it is removed when the addon is uninstalled.
    """

    def __init__(self, env):
        language = env["res.lang"].search([("code", "=like", "es%")], limit=1)
        context = QUIET | ALL_NUMBERS | ({"lang": language.code} if language else {})
        self.env = env(context=env.context | context)
        self.company = self.env.ref("base.main_company")
        self.language = language.code
        self.today = None
        self._records = {}

    def add(self, model, values_by_key):
        """Create records of a model.

        :param dict values_by_key: values of each record by its key
        """
        records = self.env[model]._load_records(
            [
                {"xml_id": _external_id(key), "values": values, "noupdate": True}
                for key, values in values_by_key.items()
            ]
        )
        self._records.update(zip(values_by_key, records, strict=True))
        return records

    def keep(self, records_by_key):
        """Register records that were not created by ``add`` under their keys."""
        self.env["ir.model.data"]._update_xmlids(
            [
                {"xml_id": _external_id(key), "record": record, "noupdate": True}
                for key, record in records_by_key.items()
            ]
        )
        self._records.update(records_by_key)

    def __getitem__(self, key):
        return self._records[key]

    def id_of(self, key):
        """The id of a record; False without a key."""
        return self[key].id if key else False

    def ids_of(self, keys):
        return [self[key].id for key in keys]

    def ref(self, external_id):
        """A record of Odoo, or of the data of the application."""
        return self.env.ref(external_id)

    def day(self, age):
        """The day ``age`` days ago; a negative age is a future day."""
        return self.today - timedelta(days=age)

    def moment(self, day, minutes):
        """The moment some minutes after the start of a day of the company, at most now.

        :param datetime.date day: of the company
        :param int minutes: from the start of the day
        :return: naive, in UTC
        """
        moment = self.company._start_of(day) + timedelta(minutes=minutes)
        return min(moment, self.now())

    def now(self):
        return fields.Datetime.now()


def _external_id(key):
    return f"{MODULE}.demo_{key.lower().replace('-', '_')}"
