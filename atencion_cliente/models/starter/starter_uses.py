"""Finds which records of the example something else uses."""

from collections import defaultdict

from odoo.tools import SQL


def unused(env, records):
    """Those of some records that nothing else links to.

    What is only part of a record, such as the required documents of a type, is no use. What is
    used keeps what it uses itself.

    :param dict records: ``models.Model`` by name of the model
    :rtype: dict[str, models.Model]
    """
    env.flush_all()
    links = _links(env, records)
    while True:
        used = _used(env, links, records)
        left = {model: found - found.browse(used[model]) for model, found in records.items()}
        if left == records:
            return left
        records = left


def _used(env, links, records):
    """Ids of the records that others link to, by model."""
    used = defaultdict(set)
    for comodel, query_of in links:
        query = query_of(records)
        if query:
            used[comodel].update(found for (found,) in env.execute_query(query))
    return used


def _links(env, models):
    """Pairs of a model and a function that gives the query for its used records."""
    links = []
    for model in env.values():
        if not model._auto or model._abstract or model._transient:
            continue
        for field in model._fields.values():
            if not field.store or getattr(field, "comodel_name", None) not in models:
                continue
            if field.type == "many2many":
                links.append((field.comodel_name, _many2many_query(model._name, field)))
            elif field.type == "many2one" and _is_use(field):
                links.append((field.comodel_name, _many2one_query(model, field)))
    return links


def _is_use(field):
    return field.ondelete != "cascade" and not field.company_dependent


def _many2one_query(model, field):
    return _query(model._name, model._table, "id", field.name, field.comodel_name)


def _many2many_query(name, field):
    return _query(name, field.relation, field.column1, field.column2, field.comodel_name)


def _query(owner, table, owner_column, column, comodel):
    """A function that gives the ids, among some records, that a column of others has."""

    def query_of(records):
        ids = records[comodel].ids
        own = records.get(owner)
        if not ids:
            return None
        return SQL(
            "SELECT DISTINCT %(column)s FROM %(table)s WHERE %(column)s IN %(ids)s"
            " AND %(owner)s NOT IN %(own)s",
            column=SQL.identifier(column),
            table=SQL.identifier(table),
            owner=SQL.identifier(owner_column),
            ids=tuple(ids),
            own=tuple(own.ids if own else ()) or (0,),
        )

    return query_of
