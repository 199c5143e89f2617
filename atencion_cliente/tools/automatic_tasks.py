"""What an automatic to-do is about, by which it is renewed and ended."""

from .audience import OF_AREA


def task_reason(reasons, area_id) -> str:
    """What an automatic to-do is about: a rule, or the area whose people get it.

    :param reasons: pairs of an event and its facts
    :param area_id: the area of the case

    >>> task_reason([("created", {}), ("rule", {"rule_id": 4})], 7)
    'rule:4'
    >>> task_reason([("changed", {"fields": ["stage_id"]})], 7)
    'area:7'
    """
    for code, facts in reasons:
        if code not in OF_AREA:
            return f"{code}:{facts.get('rule_id', '')}"
    return f"area:{area_id}"


def task_of_area(area_id) -> str:
    """The reason of the to-dos of an area, see ``task_reason``."""
    return task_reason((), area_id)
