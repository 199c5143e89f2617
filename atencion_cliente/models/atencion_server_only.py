from odoo import api, models
from odoo.exceptions import AccessError

# An object cannot travel in a context over RPC: only code of the server has it.
_SERVER = object()


class AtencionServerOnly(models.AbstractModel):
    """Fields that the system writes and no client may: numbers, clock, ledger.

    The model that inherits it refuses them in its ``create`` and ``write``.
    """

    _name = "atencion.server.only"
    _description = "Fields that only the server writes"

    _server_only_fields = frozenset()

    @api.model
    def default_get(self, fields):
        # A context comes from the client: what it says of these fields is no default.
        refused = {f"default_{name}" for name in self._server_only_fields}
        context = {key: value for key, value in self.env.context.items() if key not in refused}
        clean = self.with_env(self.env(context=context))
        return super(AtencionServerOnly, clean).default_get(fields)

    def _as_server(self):
        """The records, allowed to write server-only fields.

        Never return them to a caller: the permission goes with the records.
        """
        return self.with_context(atencion_server=_SERVER)

    def _is_server(self):
        return self.env.context.get("atencion_server") is _SERVER

    def _refuse_server_only(self, names):
        """Refuse values of fields that the system writes.

        :raise AccessError: names the fields
        """
        refused = self._server_only_fields.intersection(names)
        if refused:
            labels = self.fields_get(sorted(refused), ["string"])
            raise AccessError(
                self.env._(
                    "The system writes these fields, they cannot be set: %s.",
                    ", ".join(label["string"] for label in labels.values()),
                )
            )

    def _refuse_server_only_of_new(self, vals_list):
        """The same of records that a client creates; what is empty sets nothing."""
        if not self._is_server():
            for vals in vals_list:
                self._refuse_server_only({name for name in vals if vals[name]})
