"""A customer signs the answer to their case on a telephone, by the form of Odoo's portal."""

from customer_cases import CUSTOMER, close, new_case


def test_a_customer_signs_on_a_telephone(server, log_in, checkout):
    case = new_case(server, response="<p>We changed the seal.</p>")
    close(server, case)
    page = log_in(CUSTOMER, 390, 844)
    page.goto(f"/my/cases/{case}")
    page.click("#sign button")
    submit = page.locator(".o_portal_sign_submit:not([disabled])")
    submit.wait_for(timeout=60_000)
    box = page.locator("#o_atencion_sign canvas").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390, "all of it is on the screen"
    page.screenshot(path=checkout.logs / "customer_signing.png")
    with page.expect_navigation(timeout=60_000):
        submit.click()
    page.screenshot(path=checkout.logs / "customer_signed.png", full_page=True)
    names = ["signature_name", "signature_digest", "customer_confirmed_at"]
    [signed] = server.call("admin", "atencion.case", "read", [case], names)
    assert all(signed.values())
    assert signed["signature_name"] in page.inner_text("#sign")
    assert page.locator("#o_atencion_sign").count() == 0
