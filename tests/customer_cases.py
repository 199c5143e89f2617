"""Cases of the customer of the demo data, for tests over a real server."""

CUSTOMER = "cliente"


def new_case(server, **values):
    """The id of an open case that the customer requested."""
    admin = server.logged_in("admin")
    [user] = admin("res.users", "search_read", [["login", "=", CUSTOMER]], ["partner_id"])
    [one] = admin("atencion.case.type", "search", [["form", "=", "attention"]], limit=1)
    values = {"subject": "A leak", "type_id": one, "requester_id": user["partner_id"][0]} | values
    return admin("atencion.case", "create", values)


def close(server, case):
    """Close a case, whatever documents it waits for."""
    admin = server.logged_in("admin")
    admin("atencion.case.document", "unlink", documents_of(server, case))
    [stage] = admin("atencion.case.stage", "search", [["outcome", "=", "rejected"]], limit=1)
    admin("atencion.case", "write", [case], {"stage_id": stage, "stage_note": "Answered"})


def documents_of(server, case):
    return server.call("admin", "atencion.case.document", "search", [["case_id", "=", case]])
