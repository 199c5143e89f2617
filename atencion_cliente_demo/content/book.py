from datetime import timedelta

from odoo import fields

from odoo.addons.atencion_cliente.models.imports import atencion_import

MODULE = "atencion_cliente_demo"
# Nobody is told of demo data, and nothing is sent.
QUIET = atencion_import.QUIET | {
    "no_mail_to_attendees": True,
    "no_reset_password": True,
    "dont_notify": True,
    "skip_contact_description": True,
}
# Where base_vat is installed, it takes every number for a company's.
ALL_NUMBERS = {"no_vat_validation": True}


class Book:
    """The records of the demo data by key, and the days they are placed on.

    Each record has the external id ``demo_<key>`` and is never updated: a person who
    tries the product changes it at will, and uninstalling removes it.
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
        """Give records that were made otherwise their key."""
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
        """A record of Odoo's, or of the addon's own data."""
        return self.env.ref(external_id)

    def day(self, age):
        """The day that was ``age`` days ago; days to come are negative."""
        return self.today - timedelta(days=age)

    def moment(self, day, minutes):
        """The UTC moment so many minutes after a day of the company began, or now.

        What happened today happened before now, however early it is.
        """
        moment = self.company._start_of(day) + timedelta(minutes=minutes)
        return min(moment, self.now())

    def now(self):
        return fields.Datetime.now()


def _external_id(key):
    return f"{MODULE}.demo_{key.lower().replace('-', '_')}"
