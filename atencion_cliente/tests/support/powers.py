from .common import AtencionCommon


class PowersCommon(AtencionCommon):
    """A person with a login who represents somebody once a test says so.

    ::

        proxy_user, with the contact proxy (Thomas Keller): no contract, no case
        CT-1, held by holder 60 % and coholder 40 %; CT-2, held by holder
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.proxy_user = cls._create_user("proxy", "base.group_portal", cls.lima)
        cls.proxy = cls.proxy_user.partner_id
        cls.proxy.with_context(no_vat_validation=True).write(
            {"name": "Thomas Keller", "vat": "70000109", "country_id": cls.env.ref("base.pe").id}
        )

    @classmethod
    def power(cls, **vals):
        """A power of Thomas for Rosa in CT-1, in force since 2025, completed with ``vals``."""
        values = {
            "contract_id": cls.contract.id,
            "principal_id": cls.holder.id,
            "partner_id": cls.proxy.id,
            "date_from": "2025-01-01",
        }
        return cls.env["atencion.representative"].create(values | vals)

    def seen_by(self, user, cases):
        """Those of the cases that a user finds; what they may open is the same."""
        found = self.on(user, self.env["atencion.case"]).search([("id", "in", cases.ids)])
        self.assertEqual(self.on(user, cases)._filtered_access("read"), found)
        return found.with_env(self.env)
