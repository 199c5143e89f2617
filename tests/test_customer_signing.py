"""A customer signs the answer to their case on a telephone, by the form of Odoo's portal."""

from accessibility import grave_findings
from customer_cases import CUSTOMER, close, new_case


def test_a_customer_signs_on_a_telephone(server, log_in, checkout, axe):
    case = new_case(server, response="<p>We changed the seal.</p>")
    close(server, case)
    page = log_in(CUSTOMER, 390, 844)
    page.goto(f"/my/cases/{case}")
    page.click("#sign button")
    submit = page.locator(".o_portal_sign_submit:not([disabled])")
    submit.wait_for(timeout=60_000)
    box = page.locator("#o_atencion_sign canvas").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390, "all of it is on the screen"
    for way in ("draw", "load", "auto"):
        page.click(f".o_web_sign_{way}_button")
        page.locator(f".o_web_sign_{way}_button.active").wait_for()
        assert grave_findings(page, axe, "#o_atencion_sign") == [], way
    page.screenshot(path=checkout.logs / "customer_signing.png")
    submit.wait_for()
    with page.expect_navigation(timeout=60_000):
        submit.click()
    page.screenshot(path=checkout.logs / "customer_signed.png", full_page=True)
    names = ["signature_name", "signature_digest", "customer_confirmed_at"]
    [signed] = server.call("admin", "atencion.case", "read", [case], names)
    assert all(signed.values())
    assert signed["signature_name"] in page.inner_text("#sign")
    assert page.locator("#o_atencion_sign").count() == 0
