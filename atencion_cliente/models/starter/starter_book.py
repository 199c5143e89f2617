"""The starter records of one company, by the keys of ``tools/starter.py``."""

from odoo.fields import Domain

from ...tools.starter import is_spanish

MODULE = "atencion_cliente"
# Stands for the company in the external ids of records that all companies share.
SHARED = "shared"


class StarterBook:
    """Creates the records of the example that are missing.

    Each has an external id, so that a second loading adds nothing. It is never updated. A
    record with the same name, which a user had made, takes the place of that of the example.
    """

    def __init__(self, env, company):
        spoken = (company.partner_id.lang or "", env.lang or "")
        self.language = next(filter(is_spanish, spoken), spoken[0] or spoken[1])
        context = {"lang": self.language, "active_test": False, "mail_create_nosubscribe": True}
        self.company = company
        self.env = env(context=env.context | context)
        # Whoever may not change what companies share adds nothing to it.
        self.may_share = env.user._acts_in_every_company()
        self.added = 0
        self._loaded = loaded_records(self.env, company)
        self._records = {}

    def text(self, text):
        return text.in_language(self.language)

    def add(self, model, prefix, values_by_key):
        """Create the records that are missing.

        :param dict values_by_key: values by key; empty where something that they need is missing
        """
        for key, values in values_by_key.items():
            name = f"{prefix}_{key}"
            record = self._loaded.get((model, name)) or (values and self._namesake(model, values))
            if not record and values and (self.may_share or not is_shared(self.env[model])):
                record = self.env[model].create(values)
                self._register(record, name)
                self.added += 1
            self._records[prefix, key] = record or self.env[model]

    def live_id(self, prefix, key):
        """The id of a record; False if it is missing or archived."""
        record = self._records[prefix, key]
        return record.id if "active" not in record._fields or record.active else False

    def _namesake(self, model, values):
        records = self.env[model]
        domain = [("name", "=ilike", values["name"])]
        if not is_shared(records):
            domain.append(("company_id", "in", (self.company.id, False)))
        if "parent_id" in records._fields:
            domain.append(("parent_id", "=", values.get("parent_id", False)))
        return records.search(domain, limit=1)

    def _register(self, record, name):
        scope = SHARED if is_shared(record) else self.company.id
        external_id = f"{MODULE}.{_prefix(scope)}{name}"
        # sudo: users have no rights on external ids; these only say what was loaded.
        self.env["ir.model.data"].sudo()._update_xmlids(
            [{"xml_id": external_id, "record": record, "noupdate": True}]
        )


def is_shared(records):
    """Whether all companies have the same records of a model."""
    return "company_id" not in records._fields


def loaded_records(env, company, shared=True):
    """What was loaded for a company, by model and name.

    :param bool shared: also what was loaded for all companies
    :rtype: dict[tuple[str, str], models.Model]
    """
    found = {}
    for scope in (company.id, SHARED) if shared else (company.id,):
        prefix = _prefix(scope)
        for row in _rows(env, prefix):
            record = env[row.model].browse(row.res_id)
            if record.exists():
                found[row.model, row.name.removeprefix(prefix)] = record
    return found


def is_loaded_elsewhere(env, company):
    """Whether any other company has records of the example."""
    own = (_prefix(company.id), _prefix(SHARED))
    return any(not row.name.startswith(own) for row in _rows(env, "starter_"))


def own_rows(company):
    """The domain of the external ids of what was loaded for a company alone."""
    return _rows_domain(_prefix(company.id))


def _rows(env, prefix):
    # sudo: users have no rights on external ids; these only say what was loaded.
    return (
        env["ir.model.data"]
        .sudo()
        .search_fetch(_rows_domain(prefix), ["model", "name", "res_id"], order="id")
    )


def _rows_domain(prefix):
    pattern = prefix.replace("_", r"\_") + "%"
    return Domain("module", "=", MODULE) & Domain("name", "=like", pattern)


def _prefix(scope):
    return f"starter_{scope}_"
