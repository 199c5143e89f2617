from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import clean_context

from .server_context import server_value, with_server_value


class AtencionServerOnly(models.AbstractModel):
    """Fields that the system writes and no client may: numbers, clock, ledger.

    ``create`` and ``write`` refuse these names in the values of a client. Then, as every
    write of the system does, they run four hooks, which concerns extend with ``super()``:

    1. ``_prepare_create`` / ``_prepare_write`` complete the values, and keep in ``carried``
       what they need from before, each concern under a key of its own;
    2. ``create`` / ``write`` of Odoo;
    3. ``_after_create`` / ``_after_write`` do what follows.

    A fifth hook, ``_write_client_values``, is around a write by a client only: for values that
    mean more than a change of a field, as the state of a case.

    The system writes such fields with ``_write_checked`` and ``_create_checked``. The right
    to do so is in the call, and in no environment: what values contain, as commands of
    one2many and many2many fields, meets the check of its own model.
    """

    _name = "atencion.server.only"
    _description = "Fields that only the server writes"

    _server_only_fields = frozenset()

    @api.model
    def _get_server_only_fields(self):
        """The names of the protected fields; concerns of a model add theirs with ``super()``."""
        return self._server_only_fields

    @api.model
    def default_get(self, fields):
        # A context comes from the client: what it says of these fields is no default.
        refused = {f"default_{name}" for name in self._get_server_only_fields()}
        context = {key: value for key, value in self.env.context.items() if key not in refused}
        clean = self.with_env(self.env(context=context))
        return super(AtencionServerOnly, clean).default_get(fields)

    # Odoo's own methods are called by the two that follow.
    # pylint: disable=method-required-super,super-method-mismatch

    @api.model_create_multi
    def create(self, vals_list):
        return self._create_checked(self._refuse_server_only_of_new(vals_list))

    def write(self, vals):
        self._refuse_server_only(vals)
        self._without_client_context()._write_client_values(dict(vals))
        return True

    def _write_client_values(self, vals):
        """Write what a client asks for, once it is checked.

        :param dict vals: a copy, which concerns may change
        """
        if vals:
            self._write_checked(vals)

    # -------------------------------------------------------------------------
    # What the system writes
    # -------------------------------------------------------------------------

    @api.model
    def _create_checked(self, vals_list):
        """Create records of values that are checked: a client's, or names fixed in code."""
        carried = {}
        model = self._without_client_context()
        prepared = model._prepare_create(vals_list, carried)
        # The defaults of a form are for the record itself, and for none that follows from it.
        creator = self._creator(carried)
        records = super(AtencionServerOnly, creator).create(prepared)
        records.with_env(model.env)._after_create(prepared, carried)
        return records.with_env(self.env)

    def _write_checked(self, vals):
        """Write values that are checked: a client's, or names fixed in code."""
        carried = {}
        vals = self._prepare_write(dict(vals), carried)
        super().write(vals)
        self._after_write(vals, carried)
        return True

    @api.model
    def _prepare_create(self, vals_list, carried):
        """Complete the values of new records.

        :param dict carried: for ``_after_create``
        :return: the values
        """
        return vals_list

    @api.model
    def _creator(self, carried):
        """The model in the environment that creates the records."""
        return self

    def _after_create(self, vals_list, carried):
        """Do what follows from the creation of these records, one of each values."""

    def _prepare_write(self, vals, carried):
        """Complete the values of a change, while the records are as they were.

        :param dict carried: for ``_after_write``
        :return: the values
        """
        return vals

    def _after_write(self, vals, carried):
        """Do what follows from written values."""

    def _without_client_context(self):
        """The records, where a client's context decides nothing of what follows.

        It brings no defaults for other records, as documents and the ledger, and finds no
        archived ones.
        """
        context = clean_context(self.env.context)
        context.pop("active_test", None)
        return self.with_env(self.env(context=context))

    # -------------------------------------------------------------------------
    # Check of what a client sends
    # -------------------------------------------------------------------------

    def _refuse_server_only(self, names):
        """Refuse values of fields that the system writes.

        :raise AccessError: names the fields
        """
        refused = self._get_server_only_fields().intersection(names)
        if refused:
            labels = self.fields_get(sorted(refused), ["string"])
            raise AccessError(
                self.env._(
                    "The system writes these fields, they cannot be set: %s.",
                    ", ".join(label["string"] for label in labels.values()),
                )
            )

    @api.model
    def _refuse_server_only_of_new(self, vals_list):
        """The same of records that a client creates.

        Forms and files name such fields without a value, which means nothing: it would
        replace what the system computes.

        :return: the values, without these names
        """
        for vals in vals_list:
            self._refuse_server_only({name for name in vals if vals[name]})
        refused = self._get_server_only_fields()
        return [
            {name: value for name, value in vals.items() if name not in refused}
            for vals in vals_list
        ]

    # -------------------------------------------------------------------------
    # Moments
    # -------------------------------------------------------------------------

    def _at(self, moment):
        """The records, as server code changes them at a moment in the past.

        Demo data and imported histories go through the real path, each change at its
        own moment.

        :param datetime.datetime moment: naive, in UTC
        """
        return with_server_value(self, "atencion_moment", moment)

    def _moment(self):
        """Now, or the moment that ``_at`` names.

        :rtype: datetime.datetime
        """
        return server_value(self.env, "atencion_moment") or fields.Datetime.now()
