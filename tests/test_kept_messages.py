"""Messages of a case are corrected in the conversation, and never deleted."""

AGENT = "agente"


def test_conversation_offers_edit_and_no_delete(server, log_in):
    [case] = server.call(AGENT, "atencion.case", "search_read", [], ["id"], limit=1)
    server.call(
        AGENT,
        "atencion.case",
        "message_post",
        [case["id"]],
        body="Vamos el lunes",
        message_type="comment",
        subtype_xmlid="mail.mt_note",
    )
    page = log_in(AGENT)
    page.goto(f"/odoo/atencion.case/{case['id']}")
    message = page.locator(".o-mail-Message", has_text="Vamos el lunes").first
    message.wait_for(timeout=120_000)
    message.hover()
    message.locator(".o-mail-Message-actions button[title='Expandir']").click()
    page.locator(".o-mail-Message-moreMenu").wait_for()
    # Beside the message and, with little room, in its menu.
    assert page.locator("button[name='edit']").count()
    assert page.locator("[name='delete']").count() == 0
