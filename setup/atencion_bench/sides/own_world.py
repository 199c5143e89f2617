"""The base data of this application, and how copies of its cases are spread over them."""

from .side import AREAS, CUSTOMERS

# 200 days: the copies are at most 25 days old, so that nothing is due by itself.
RULE_HOURS = 4800
STATES = ("wrc", "rit", "pro", "wce", "tra", "rea", "clo", "rej")
OTHER_RULES = [
    *(("open", "natural"), ("running", "natural"), ("stage", "natural"), ("open", "working")),
    *(("running", "working"), ("stage", "working"), ("open", "natural"), ("stage", "natural")),
    ("running", "working"),
]


def build(side, env) -> dict:
    world = _users(side, env) | side.customers(env)
    categories = [{"name": f"Category {number}"} for number in range(8)]
    world["categories"] = env["atencion.case.category"].create(categories).ids
    world["sources"] = env["atencion.source"].search([]).ids
    world["areas"] = _areas(env, world).ids
    world["states"] = {code: env.ref(f"atencion_cliente.stage_{code}").id for code in STATES}
    return world | _types(env, world) | _property(env, world) | _rules(env, world)


def _users(side, env):
    groups = {
        "told_by_mail": "supervisor",
        "told": "supervisor",
        "team": "area_user",
        "team_follower": "area_user",
        "own": "user",
        "own_follower": "user",
    }
    users = {
        login: side.user(
            env,
            login,
            f"atencion_cliente.group_{group}",
            notification="email" if login == "told_by_mail" else "inbox",
        )
        for login, group in groups.items()
    }
    agent = ("atencion_cliente.group_supervisor", "atencion_cliente.group_export")
    return users | {"agent": side.user(env, "agent", *agent)}


def _areas(env, world):
    everywhere = [world[login] for login in ("agent", "told_by_mail", "told")]
    first = [world[login] for login in ("team", "team_follower", "own", "own_follower")]
    told = [
        (0, 0, {"user_id": world["told_by_mail"], "notify_email": True, "on_update": False}),
        (0, 0, {"user_id": world["told"], "notify_alert": True, "on_update": False}),
    ]
    return env["atencion.area"].create(
        [
            {
                "name": f"Area {number}",
                "code": f"B{number}",
                "ack_template_id": False,
                "member_ids": [(6, 0, everywhere + ([] if number else first))],
                "notification_ids": told,
            }
            for number in range(AREAS)
        ]
    )


def _types(env, world):
    areas, limit = world["areas"], {"max_days": 3, "count_mode": "working"}
    types = env["atencion.case.type"].create(
        [
            {"name": f"Type {number}", "code": f"BT{number}", "area_id": areas[number], **limit}
            for number in range(AREAS)
        ]
    )
    for number, case_type in enumerate(types):
        case_type.area_id.write({"alias_name": f"bench{number}", "mail_type_id": case_type.id})
    documents = [{"name": "Identity card"}, {"name": "Photographs", "mandatory": False}]
    with_documents = env["atencion.case.type"].create(
        {
            "name": "Type with documents",
            "code": "BTD",
            "area_id": areas[0],
            "requirement_ids": [(0, 0, document) for document in documents],
            **limit,
        }
    )
    return {"types": types.ids, "document_type": with_documents.id}


def _property(env, world):
    """A contract of one unit for each customer."""
    developer = env["res.partner"].create({"name": "Developer", "is_company": True})
    project = env["atencion.project"].create(
        {"name": "Gardens", "code": "BG", "promoter_id": developer.id}
    )
    blocks = env["atencion.block"].create(
        [{"name": f"Tower {number}", "project_id": project.id} for number in range(3)]
    )
    units = env["atencion.unit"].create(
        [
            {"name": f"Flat {number}", "code": f"F-{number}", "block_id": blocks[number % 3].id}
            for number in range(CUSTOMERS)
        ]
    )
    env["atencion.contract"].create(
        [
            {
                "name": f"CT-{number:05}",
                "project_id": project.id,
                "unit_ids": [(6, 0, [units[number].id])],
                "state": "delivered",
                "sale_date": "2024-01-01",
                "holder_ids": [(0, 0, {"partner_id": customer, "share": 100})],
            }
            for number, customer in enumerate(world["customers"])
        ]
    )
    return {"project": project.id}


def _rules(env, world):
    """A rule that acts in the bench, and nine on all clocks for the run that finds nothing."""
    role = env["res.role"].create({"name": "Duty", "user_ids": [(6, 0, [world["told"]])]})
    rules, common = env["atencion.escalation.rule"], {"role_id": role.id, "notify_alert": True}
    acting = rules.create(
        {"name": "Rule 0", "hours": RULE_HOURS, "hours_basis": "open", "active": True, **common}
    )
    others = rules.create(
        [
            {
                "name": f"Rule {number}",
                "hours": 24 * number,
                "hours_basis": basis,
                "calendar_mode": hours,
                "stage_id": number % 3 == 1 and world["states"]["pro"],
                "area_id": number % 3 == 2 and world["areas"][number % AREAS],
                "active": False,
                **common,
            }
            for number, (basis, hours) in enumerate(OTHER_RULES, 1)
        ]
    )
    return {"rule": acting.id, "other_rules": others.ids}


def spread_cases(cr, world):
    """As many in each state as the peer has; those with documents wait for them. Cases of a
    holder get their contract."""
    cr.execute("SELECT min(id) FROM atencion_case")
    [first] = cr.fetchone()
    # In one statement: each writes all of a hundred thousand rows anew.
    cr.execute(
        """
        UPDATE atencion_case c SET
            stage_id = spread.stage,
            user_id = CASE WHEN c.id %% 50 = 7 THEN %(own)s WHEN c.id %% 50 = 17
                THEN %(own_follower)s ELSE c.user_id END,
            deadline_date = current_date + 2 + c.id %% 20,
            deadline_at = current_date + 3 + c.id %% 20 - interval '1 second',
            closed_at = CASE WHEN spread.closed THEN now() at time zone 'UTC' END,
            attention_date = CASE WHEN spread.closed THEN current_date END,
            attended_at = CASE WHEN spread.closed THEN now() at time zone 'UTC' END,
            resolution = CASE WHEN spread.closed THEN '<p>Repaired.</p>' END,
            paused_since = CASE WHEN spread.stage = %(wrc)s THEN c.received_at END,
            escalation_pending = FALSE,
            contract_id = spread.contract_id, unit_id = spread.unit_id,
            project_id = spread.project_id, block_id = spread.block_id,
            promoter_id = spread.promoter_id
          FROM (SELECT placed.id, placed.stage, placed.stage IN (%(clo)s, %(rej)s) AS closed,
                       contract.id AS contract_id, link.unit_id, contract.project_id,
                       unit.block_id, project.promoter_id
                  FROM (SELECT id, partner_id, CASE
                            WHEN type_id = %(document_type)s THEN %(wrc)s
                            ELSE CASE (id - %(first)s) %% 10
                                WHEN 0 THEN %(clo)s WHEN 1 THEN %(rej)s
                                WHEN 3 THEN %(wce)s WHEN 4 THEN %(wce)s ELSE %(pro)s END
                            END AS stage
                          FROM atencion_case) placed
                  LEFT JOIN atencion_contract_holder holder ON holder.partner_id = placed.partner_id
                  LEFT JOIN atencion_contract contract ON contract.id = holder.contract_id
                  LEFT JOIN atencion_contract_unit_rel link ON link.contract_id = contract.id
                  LEFT JOIN atencion_unit unit ON unit.id = link.unit_id
                  LEFT JOIN atencion_project project ON project.id = contract.project_id) spread
         WHERE spread.id = c.id
        """,
        world["states"] | world | {"first": first},
    )


def spread_history(cr, world):
    """The first interval begins with the reception; cases that moved have a second one."""
    cr.execute(
        """
        UPDATE atencion_case_history entry SET entered_at = c.received_at,
               left_at = CASE WHEN c.stage_id NOT IN (%(pro)s, %(wrc)s)
                         THEN now() at time zone 'UTC' END
          FROM atencion_case c WHERE c.id = entry.case_id
        """,
        world["states"],
    )
    cr.execute(
        "SELECT column_name FROM information_schema.columns"
        " WHERE table_name = 'atencion_case_history'"
        " AND column_name NOT IN ('id', 'stage_id', 'entered_at', 'left_at')"
    )
    columns = [f'"{name}"' for (name,) in cr.fetchall()]
    copied = ", ".join(f"entry.{name}" for name in columns)
    cr.execute(
        f"""
        INSERT INTO atencion_case_history (stage_id, entered_at, {", ".join(columns)})
        SELECT c.stage_id, entry.left_at, {copied}
          FROM atencion_case_history entry JOIN atencion_case c ON c.id = entry.case_id
         WHERE entry.left_at IS NOT NULL
        """
    )
