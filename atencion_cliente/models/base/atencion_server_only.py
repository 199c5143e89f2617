from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import clean_context

from .server_context import server_value, with_server_value


def refusal_of(model, names):
    """The error that names fields of a model which only the system writes.

    :rtype: AccessError
    """
    labels = model.fields_get(sorted(names), ["string"])
    return AccessError(
        model.env._(
            "The system writes these fields, they cannot be set: %s.",
            ", ".join(label["string"] for label in labels.values()),
        )
    )


class AtencionServerOnly(models.AbstractModel):
    """Protects fields that only the system writes, such as numbers and deadlines.

    ``create`` and ``write`` refuse protected fields in the values of a client. Then they run
    these steps, as every write of the system does. Extensions of a model extend the four
    hooks with ``super()``:

    1. ``_prepare_create`` / ``_prepare_write`` complete the values. What a hook needs to
       remember of the time before the change goes into ``carried``, under a key of its own.
    2. Odoo's ``create`` / ``write``.
    3. ``_after_create`` / ``_after_write`` do what follows from the change.

    A fifth hook, ``_write_client_values``, runs for writes of clients only. Extensions use it
    for values that mean more than a change of a field, such as the state of a case.

    The system writes protected fields with ``_write_checked`` and ``_create_checked``, which
    skip the check for these values alone. No context or ``sudo`` skips it: commands of
    one2many and many2many fields go through the check of their own model.
    """

    _name = "atencion.server.only"
    _description = "Fields that only the server writes"

    _server_only_fields = frozenset()

    @api.model
    def _get_server_only_fields(self):
        """The names of the protected fields; extensions add theirs with ``super()``."""
        return self._server_only_fields

    @api.model
    def default_get(self, fields):
        # The context comes from the client: its defaults for protected fields are ignored.
        refused = {f"default_{name}" for name in self._get_server_only_fields()}
        context = {key: value for key, value in self.env.context.items() if key not in refused}
        clean = self.with_env(self.env(context=context))
        return super(AtencionServerOnly, clean).default_get(fields)

    # ``super()`` is called by ``_create_checked`` and ``_write_checked``.
    # pylint: disable=method-required-super,super-method-mismatch

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = self._with_context_defaults(vals_list)
        return self._create_checked(self._refuse_server_only_of_new(vals_list))

    @api.model
    def _with_context_defaults(self, vals_list):
        """The values of new records, completed by the defaults in the context of the client.

        Odoo would add them after the hooks, which have to see them like any other value.
        """
        keys = (key for key in self.env.context if key.startswith("default_"))
        names = self._fields.keys() & {key.removeprefix("default_") for key in keys}
        defaults = self.default_get(list(names)) if names else {}
        defaults = {name: value for name, value in defaults.items() if name in names}
        return [defaults | vals for vals in vals_list]

    def write(self, vals):
        self._refuse_server_only(vals)
        self._without_client_context()._write_client_values(dict(vals))
        return True

    def _write_client_values(self, vals):
        """Write the checked values of a client.

        :param dict vals: a copy, which extensions may change
        """
        if vals:
            self._write_checked(vals)

    # -------------------------------------------------------------------------
    # What the system writes
    # -------------------------------------------------------------------------

    @api.model
    def _create_checked(self, vals_list):
        """Create records without the check of protected fields.

        :param list vals_list: checked values of a client, or values that the system writes
        """
        carried = {}
        model = self._without_client_context()
        prepared = model._prepare_create(vals_list, carried)
        # The defaults of a form are for these records only, not for what their hooks create.
        creator = self._creator(carried)
        records = super(AtencionServerOnly, creator).create(prepared)
        records.with_env(model.env)._after_create(prepared, carried)
        return records.with_env(self.env)

    def _write_checked(self, vals):
        """Write values without the check of protected fields.

        :param dict vals: checked values of a client, or values that the system writes
        """
        carried = {}
        vals = self._prepare_write(dict(vals), carried)
        super().write(vals)
        self._after_write(vals, carried)
        return True

    @api.model
    def _prepare_create(self, vals_list, carried):
        """Complete the values of new records.

        :param list vals_list: values of each record
        :param dict carried: what ``_after_create`` needs to know, by keys of the extensions
        :return: the completed values
        :rtype: list[dict]
        """
        return vals_list

    @api.model
    def _creator(self, carried):
        """The model, in the environment in which the records are created."""
        return self

    def _after_create(self, vals_list, carried):
        """Do what follows from the creation of these records.

        :param list vals_list: the values of each record, in the order of the records
        :param dict carried: what ``_prepare_create`` left
        """

    def _prepare_write(self, vals, carried):
        """Complete the values of a change, before the records change.

        :param dict carried: what ``_after_write`` needs to know, by keys of the extensions
        :return: the completed values
        :rtype: dict
        """
        return vals

    def _after_write(self, vals, carried):
        """Do what follows from the written values.

        :param dict carried: what ``_prepare_write`` left
        """

    def _without_client_context(self):
        """The records without the defaults and the ``active_test`` of a client's context.

        These must not change the other records that hooks create and search.
        """
        context = clean_context(self.env.context)
        context.pop("active_test", None)
        return self.with_env(self.env(context=context))

    # -------------------------------------------------------------------------
    # Check of what a client sends
    # -------------------------------------------------------------------------

    def _refuse_server_only(self, names):
        """Refuse protected fields.

        :param names: of the fields that a client sends
        :raise AccessError: names the protected ones among them
        """
        refused = self._get_server_only_fields().intersection(names)
        if refused:
            raise refusal_of(self, refused)

    @api.model
    def _refuse_server_only_of_new(self, vals_list):
        """Refuse values of protected fields in new records, and drop empty ones.

        Forms and files send protected fields without a value. Such an empty value is left
        out, because it would replace what the system computes.

        :return: the values without protected fields
        :raise AccessError: names the protected fields that have a value
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
        """The records with a past moment as the current time of their changes.

        Demo data and imported histories use it, so that they go through the same code as
        changes of today.

        :param datetime.datetime moment: naive, in UTC
        """
        return with_server_value(self, "atencion_moment", moment)

    def _moment(self):
        """The current time, or the moment that was given to ``_at``.

        :return: naive, in UTC
        :rtype: datetime.datetime
        """
        return server_value(self.env, "atencion_moment") or fields.Datetime.now()
