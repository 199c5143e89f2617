from odoo.addons.atencion_cliente.tests.support.common import AtencionCommon


class LatamCommon(AtencionCommon):
    """The types of Venezuela and Odoo's own, and those that Odoo has for Peru and Chile."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rif = cls.env.ref("atencion_cliente_latam.it_rif")
        cls.cedula = cls.env.ref("atencion_cliente_latam.it_cedula")
        cls.any_vat = cls.env.ref("l10n_latam_base.it_vat")
        cls.passport = cls.env.ref("l10n_latam_base.it_pass")
        cls.foreign = cls.env.ref("l10n_latam_base.it_fid")
        cls.venezuela, cls.peru = cls.env.ref("base.ve"), cls.env.ref("base.pe")
        cls.dni = cls._type_of(cls.peru, "DNI")
        cls.ruc = cls._type_of(cls.peru, "RUC", is_vat=True)
        cls.chilean_run = cls._type_of(cls.env.ref("base.cl"), "RUN")

    @classmethod
    def _type_of(cls, country, name, **vals):
        """The type of the country's localization, where that is installed."""
        types = cls.env["l10n_latam.identification.type"]
        found = types.search([("country_id", "=", country.id), ("name", "=", name)], limit=1)
        return found or types.create({"name": name, "country_id": country.id} | vals)

    def rows(self):
        """Types, numbers of them, and numbers that are none."""
        return (
            (self.cedula, ("V-12.345.678", "12345678"), ("V-00000101-1", "1234")),
            (self.rif, ("V-00000101-1", "J-00000101-4"), ("V-00000101-2", "V-12.345.678")),
            (self.dni, ("00000101",), ("20000001016", "0000101")),
            (self.chilean_run, ("1000005-K",), ("1000005-1",)),
            (self.passport, ("AB-123456", "123456789"), ("none", "123")),
            # Whatever is no known kind is a document all the same.
            (self.foreign, ("001234567", "none"), ()),
        )
