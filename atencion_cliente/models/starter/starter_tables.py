"""The records of the example as values of their models, in the order of their dependencies."""

from odoo import Command

from ...tools import starter, starter_lists


def load(book):
    """Create what is missing of the example.

    :param StarterBook book: of the company
    """
    book.add("atencion.area", "area", _of_company(book, starter.AREAS))
    book.add("atencion.case.type", "type", _types(book))
    book.add("atencion.case.category", "group", _groups(book))
    book.add("atencion.case.category", "category", _categories(book))
    book.add("atencion.place", "place", _of_company(book, starter_lists.PLACES))
    for model, prefix, texts in (
        ("atencion.claim.type", "claim", starter_lists.CLAIM_TYPES),
        ("atencion.request.type", "request", starter_lists.REQUEST_TYPES),
        ("atencion.request.detail", "detail", starter_lists.REQUEST_DETAILS),
    ):
        book.add(model, prefix, _list(book, texts))
    book.add("res.role", "role", _roles(book))
    book.add("atencion.escalation.rule", "rule", _rules(book))


def _list(book, texts):
    return {
        key: {"name": book.text(text), "sequence": 10 * position}
        for position, (key, text) in enumerate(texts.items(), start=1)
    }


def _of_company(book, texts):
    own = {"company_id": book.company.id}
    return {key: values | own for key, values in _list(book, texts).items()}


def _roles(book):
    return {key: {"name": book.text(text)} for key, text in starter.ROLES.items()}


def _types(book):
    return {
        key: {
            "name": book.text(row.name),
            "sequence": 10 * position,
            "company_id": book.company.id,
            "form": row.form,
            "has_limit": row.days is not None or row.hours is not None,
            "limit_unit": "days" if row.hours is None else "hours",
            "max_days": row.days or 0,
            "max_hours": row.hours or 0,
            "count_mode": row.mode,
            "warn_days": row.warn,
            "area_id": book.live_id("area", row.area),
            "portal_visible": bool(row.help),
            "portal_help": row.help and book.text(row.help),
            "requirement_ids": [
                Command.create({"name": book.text(text), "mandatory": text not in row.extras})
                for text in (*row.documents, *row.extras)
            ],
        }
        for position, (key, row) in enumerate(starter.TYPES.items(), start=1)
    }


def _groups(book):
    return {
        key: {
            "name": book.text(group.name),
            "company_id": book.company.id,
            "element_id": _element_id(book, group.element),
        }
        for key, group in starter_lists.GROUPS.items()
    }


def _element_id(book, element):
    record = book.env.ref(f"atencion_cliente.warranty_element_{element}", raise_if_not_found=False)
    return bool(record) and record.id


def _categories(book):
    """Values by key; a group that is archived, or missing, gets no categories."""
    return {
        key: parent_id
        and {
            "name": book.text(category.name),
            "company_id": book.company.id,
            "parent_id": parent_id,
            "keywords": book.text(category.words),
        }
        for group_key, group in starter_lists.GROUPS.items()
        for parent_id in (book.live_id("group", group_key),)
        for key, category in group.categories.items()
    }


def _rules(book):
    """Values by key: archived rules, none whose type, role or states are missing."""
    stages = {
        stage.code: stage.id for stage in book.env["atencion.case.stage"].search([]) if stage.active
    }
    return {
        key: _rule_values(book, row, stages) | {"sequence": 10 * position}
        for position, (key, row) in enumerate(starter.RULES.items(), start=1)
        if all(stages.get(code) for code in (row.stage, row.new_stage) if code)
        and all(
            book.live_id(prefix, name)
            for prefix, name in (("type", row.case_type), ("role", row.role))
            if name
        )
    }


def _rule_values(book, row, stages):
    return {
        "name": book.text(row.name),
        "active": False,
        "company_id": book.company.id,
        "stage_id": stages.get(row.stage, False),
        "type_id": bool(row.case_type) and book.live_id("type", row.case_type),
        "priority": row.priority,
        "hours": row.hours,
        "hours_basis": row.basis,
        "role_id": bool(row.role) and book.live_id("role", row.role),
        **{f"notify_{name}": name in row.channels for name in ("alert", "task", "email")},
        "new_stage_id": stages.get(row.new_stage, False),
        "note": row.note and book.text(row.note),
    }
