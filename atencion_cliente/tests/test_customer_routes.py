import time

from odoo.http import Request
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..controllers.customer_form import OPENED, THANKS, links_digest
from ..models.portal.form_token import signed
from .support.acts import REASON, CustomerActsCommon
from .support.customer_forms import LEAK, CustomerFormCommon
from .support.portal import without_what_changes
from .support.powers import PowersCommon

# Statuses of GET, of POST without the token of a form, and of POST with it.
READ_ONLY, HIDDEN, LOGIN = (200, 405, 405), (404, 405, 405), (303, 405, 405)
ACT, NO_ACT, NO_CASE = (405, 400, 303), (405, 400, 303), (405, 400, 404)
FORM, NO_FORM, FORM_LOGIN = (200, 400, 303), (404, 400, 404), (303, 303, 303)
CASE = "/my/cases/<int:case_id>"

# Who asks for a case. ``full`` acts and signs as a customer does, ``act`` does not sign, ``see``
# only reads; ``staff`` reads; ``none`` finds nothing.
ACTORS = {
    "owner": "full",
    "co-holder": "full",
    "former holder": "none",
    "representative who sees": "see",
    "representative who acts": "act",
    "representative who signs": "full",
    "former representative": "none",
    "other customer": "none",
    "agent": "staff",
    "link": "full",
    "no link": "none",
    "wrong link": "none",
    "link of another case": "none",
    "link of an archived case": "none",
    "co-holder of a confidential case": "none",
    "owner of an archived case": "none",
}
# By route and by what somebody is to the case.
CASES = {
    CASE: {"full": READ_ONLY, "act": READ_ONLY, "see": READ_ONLY, "staff": READ_ONLY},
    f"{CASE}/confirm": {"full": ACT, "act": ACT, "see": NO_ACT, "staff": NO_ACT},
    f"{CASE}/reopen": {"full": ACT, "act": ACT, "see": NO_ACT, "staff": NO_ACT},
    f"{CASE}/document/<int:line_id>": {"full": ACT, "act": ACT, "see": NO_ACT, "staff": NO_ACT},
}
# What has the effect, by route.
EFFECTIVE = {CASE: {"full", "act", "see", "staff"}, f"{CASE}/sign": {"full"}}
# By route and by login: nobody, a customer, the staff.
OTHERS = {
    "/my/cases": (LOGIN, READ_ONLY, READ_ONLY),
    "/my/cases/page/<int:page>": (LOGIN, READ_ONLY, READ_ONLY),
    # The unit that is sent is of somebody else.
    "/my/cases/new": (FORM_LOGIN, (200, 400, 422), NO_FORM),
    "/my/cases/new/warranty": (LOGIN, READ_ONLY, READ_ONLY),
    # A customer with a login is led to their own form.
    "/atencion/nuevo": (FORM, (303, 400, 303), FORM),
    "/atencion/nuevo/<string:token>": (FORM, FORM, FORM),
    "/atencion/gracias/<string:token>": ((200, 400, 200),) * 3,
    "/atencion_cliente/cases.xlsx": ((303, 303, 303), (403, 400, 403), (400, 400, 200)),
    "/atencion_cliente/unit_codes.pdf": ((405, 303, 303), (405, 400, 403), (405, 400, 200)),
    "/atencion_cliente/import_template/<string:model>": (
        (303, 303, 303),
        (403, 400, 403),
        (403, 400, 403),
    ),
}
# Odoo's own routes: of the editor of letters, see ``test_document_template``, and of the
# conversation, see ``test_portal_page``.
ELSEWHERE = {
    "/html_editor/attachment/add_data",
    "/mail/chatter_fetch",
    "/web_editor/attachment/add_data",
}


class RoutesCommon(CustomerActsCommon, CustomerFormCommon, PowersCommon):
    def asked(self, url, files=None, **data):
        """The answers to GET, and to POST without and with the token of a form."""
        self.end_of_work()
        answer = self.url_open(url, allow_redirects=False)
        # Odoo writes the language of who visits into the address.
        if answer.headers.get("Location") == f"/en{url}":
            answer = self.url_open(f"/en{url}", allow_redirects=False)
        yield answer
        data = data or {"nothing": "x"}
        options = {"allow_redirects": False, "timeout": 120}
        yield self.url_open(url, data=data, files=files, **options)
        data["csrf_token"] = Request.csrf_token(self)
        yield self.url_open(url, data=data, files=files, **options)
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestCustomerRoutes(RoutesCommon):
    """Each route of ours, each kind of person, each method: what it answers, and what it does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.proxy_user.company_ids |= cls.lima

    def test_each_route_is_in_the_table(self):
        rules = self.env["ir.http"].routing_map().iter_rules()
        ours = {
            rule.rule
            for rule in rules
            if rule.endpoint.func.__module__.startswith("odoo.addons.atencion_cliente")
        }
        self.assertIn(CASE, ours)
        self.assertEqual(ours - ELSEWHERE, {*CASES, f"{CASE}/sign", *OTHERS})

    # -------------------------------------------------------------------------
    # Cases
    # -------------------------------------------------------------------------

    def prepare(self, actor):
        """Log in, and give the user their rights.

        :return: a function of a case, which prepares it and returns the token that is sent
        """
        right = {"sees": "see", "acts": "act", "signs": "sign"}.get(actor.split()[-1])
        if right:
            self.power(right=right)
        if actor == "former representative":
            self.power(right="sign", date_to="2025-06-01")
        if actor == "former holder":
            line = self.contract.holder_ids.filtered(lambda one: one.partner_id == self.coholder)
            line.date_to = "2025-01-01"
        users = {"owner": self.portal_holder, "other": self.portal_stranger, "agent": self.agent}
        users |= dict.fromkeys(("co-holder", "former holder"), self.portal_coholder)
        user = users.get(actor) or users.get(actor.split()[0])
        if "representative" in actor:
            user = self.proxy_user
        self.end_of_work()
        self.enter(user)
        return lambda case: self.prepared(actor, case)

    def prepared(self, actor, case):
        if actor.endswith("archived case"):
            case.active = False
        if actor.endswith("confidential case"):
            case.write({"legal_user_id": self.legal_adviser.id, "is_confidential": True})
        if actor == "link of another case":
            return self.token(self.own_case())
        if actor == "wrong link":
            return "x" * 36
        return self.token(case) if actor.startswith("link") else None

    def sent(self, route, case):
        """What a form of a route sends, how its effect is seen, and its address."""
        line = self.line(case)
        sent = {
            "confirm": {"answer": case._answer_digest()},
            "reopen": {"reason": REASON},
        }.get(route.rpartition("/")[2], {})
        if "line_id" in route:
            sent["files"] = [("files", ("deed.jpg", b"\xff\xd8\xff\xe0" + b"x" * 40))]
        return route.replace("<int:case_id>", str(case.id)).replace(
            "<int:line_id>", str(line.id)
        ), sent

    def effect(self, route, case, answers):
        if route == CASE:
            return case.name in answers[0].text
        if route.endswith("confirm"):
            return bool(case.customer_confirmed_at)
        if route.endswith("reopen"):
            return bool(case.reopen_count)
        return self.line(case).state == "in_transit"

    def walk(self, actor):
        role, prepare = ACTORS[actor], self.prepare(actor)
        unknown = {}
        for route, expected in CASES.items():
            case = self.own_case() if "line_id" in route else self.answered_case()
            token = prepare(case)
            address, sent = self.sent(route, case)
            query = f"?access_token={token}" if token else ""
            with mute_logger("odoo.http"):
                answers = list(self.asked(address + query, **sent))
            statuses = tuple(answer.status_code for answer in answers)
            does = EFFECTIVE.get(route, {"full", "act"})
            with self.subTest(actor=actor, route=route):
                self.assertEqual(statuses, expected.get(role, HIDDEN if route == CASE else NO_CASE))
                self.assertEqual(self.effect(route, case, answers), role in does)
            if role == "none":
                for answer in answers:
                    self.assertNotIn(case.name, answer.text)
                    if answer.status_code == 404:
                        unknown[route] = without_what_changes(answer.text)
        if role == "none":
            missing = self.url_open("/my/cases/999999999")
            unknown["unknown"] = without_what_changes(missing.text)
            self.assertEqual(len(set(unknown.values())), 1, unknown.keys())
        self.walk_signature(actor, prepare)

    def walk_signature(self, actor, prepare):
        case = self.answered_case()
        token = prepare(case)
        told = self.sign(case, token=token)
        with self.subTest(actor=actor, route="sign"):
            self.assertEqual(bool(case.signature_at), ACTORS[actor] == "full")
            if ACTORS[actor] == "none":
                self.assertEqual(told, {"error": "We cannot find this case."})
            with mute_logger("odoo.http"):
                for answer in self.asked(f"{case.access_url}/sign"):
                    self.assertGreaterEqual(answer.status_code, 400)

    # -------------------------------------------------------------------------
    # The other routes
    # -------------------------------------------------------------------------

    def addresses(self):
        """The address of each route, and what its form sends."""
        case = self.own_case()
        form = {
            "opened": signed(self.env, OPENED, [int(time.time()) - 10]),
            "name": "Ana Paz",
            "email": "ana@example.com",
            "line-0-text": LEAK,
        }
        own = form | {"unit": str(self.flat.id), "kind": str(self.type_two_days.id)}
        thanks = signed(self.env, THANKS, [case.id, links_digest(case)], hours=1)
        return {
            "/my/cases": ("/my/cases", {}),
            "/my/cases/page/<int:page>": ("/my/cases/page/1", {}),
            "/my/cases/new": ("/my/cases/new", own),
            "/my/cases/new/warranty": ("/my/cases/new/warranty", {}),
            "/atencion/nuevo": ("/atencion/nuevo", form),
            "/atencion/nuevo/<string:token>": (f"/atencion/nuevo/{self.flat2._form_token()}", form),
            "/atencion/gracias/<string:token>": (f"/atencion/gracias/{thanks}", {}),
            "/atencion_cliente/cases.xlsx": ("/atencion_cliente/cases.xlsx", {"data": "{}"}),
            "/atencion_cliente/unit_codes.pdf": (
                "/atencion_cliente/unit_codes.pdf",
                {"ids": f"[{self.flat.id}]"},
            ),
            "/atencion_cliente/import_template/<string:model>": (
                "/atencion_cliente/import_template/atencion.unit",
                {},
            ),
        }

    def walk_others(self, place, user):
        self.enter(user)
        for route, (address, sent) in self.addresses().items():
            with self.subTest(route=route), mute_logger("odoo.http", "odoo.addons.base.models"):
                answers = list(self.asked(address, **sent))
                places = [one.headers.get("Location") for one in answers]
                found = tuple(one.status_code for one in answers)
                self.assertEqual(found, OTHERS[route][place], places)

    def test_other_routes_without_a_login(self):
        self.walk_others(0, None)
        self.assertEqual(len(self.new_cases()), 2)

    def test_other_routes_of_a_customer(self):
        self.walk_others(1, self.portal_stranger)

    def test_other_routes_of_the_staff(self):
        self.walk_others(2, self.agent)


def _walk_of(actor):
    def test(self):
        self.walk(actor)

    return test


for _actor in ACTORS:
    _name = _actor.replace(" ", "_").replace("-", "")
    setattr(TestCustomerRoutes, f"test_{_name}", _walk_of(_actor))
