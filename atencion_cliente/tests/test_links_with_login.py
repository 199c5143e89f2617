from urllib.parse import urlencode

from odoo.tests import tagged

from .support.acts import CustomerActsCommon
from .support.powers import PowersCommon


@tagged("post_install", "-at_install")
class TestLinksOfRepresentatives(CustomerActsCommon, PowersCommon):
    """A representative who is logged in has by a link what everybody has who uses it."""

    def link_of(self, case, partner):
        """What a link has that was sent to a contact."""
        signed = {"pid": partner.id, "hash": case._sign_token(partner.id)}
        return f"{self.token(case)}&{urlencode(signed)}"

    def says(self, case, token=None):
        """Whether who is logged in writes in the conversation."""
        before = case.message_ids
        values = {"thread_model": case._name, "thread_id": case.id}
        values["post_data"] = {"body": "Yes", "subtype_xmlid": "mail.mt_comment"}
        values |= {"token": token} if token else {}
        self.url_open("/mail/message/post", json={"params": values})
        self.env.invalidate_all()
        return bool(case.message_ids - before)

    def done(self, token_of=lambda case: None):
        """What whoever is logged in does, each act on a case of its own."""
        waiting, answered, signed, closed = (
            self.own_case(),
            *(self.answered_case() for _number in range(3)),
        )
        self.hand_over(waiting, token=token_of(waiting))
        self.confirm(answered, token=token_of(answered))
        self.sign(signed, token=token_of(signed))
        self.reopen(closed, token=token_of(closed))
        done = {
            "document": self.line(waiting).state == "in_transit",
            "confirm": bool(answered.customer_confirmed_at),
            "sign": bool(signed.signature_at),
            "reopen": bool(closed.reopen_count),
            "say": self.says(waiting, token_of(waiting)),
        }
        return {name for name, is_done in done.items() if is_done}

    def test_what_a_power_includes(self):
        """By the buttons of the page and in the conversation alike."""
        acts = {"document", "confirm", "reopen", "say"}
        power = self.power(right="see")
        for right, expected in (("see", set()), ("act", acts), ("sign", {*acts, "sign"})):
            power.right = right
            self.end_of_work()
            self.enter(self.proxy_user)
            with self.subTest(right=right):
                self.assertEqual(self.done(), expected)

    def test_a_link_grants_the_same_whatever_the_power(self):
        every = {"document", "confirm", "sign", "reopen", "say"}
        elsewhere = {"contract_id": self.contract2.id}
        for vals in ({"right": "see"}, elsewhere | {"right": "see"}, elsewhere | {"right": "act"}):
            power = self.power(**vals)
            self.end_of_work()
            self.enter(self.proxy_user)
            with self.subTest(**vals):
                self.assertEqual(self.done(self.token), every)
                self.assertIn('id="o_atencion_sign"', self.open_linked(self.answered_case()))
            power.unlink()

    def open_linked(self, case):
        return self.open_page(case, self.token(case)).text

    def test_who_acts_by_a_link_acts_in_their_own_name(self):
        self.power(right="see")
        case = self.own_case()
        token = self.link_of(case, self.holder)
        self.enter(self.proxy_user)
        self.hand_over(case, token=token)
        self.assertEqual(self.last_said(case).author_id, self.proxy)

    def test_a_forged_link_grants_nothing(self):
        self.power(right="see")
        self.enter(self.proxy_user)
        other = self.own_case()
        for token in ("x" * 36, self.token(other), f"&pid={self.holder.id}&hash=x"):
            case = self.own_case()
            self.hand_over(case, token=token)
            with self.subTest(token=token):
                self.assertEqual(self.line(case).state, "pending")

    def test_what_is_no_id_of_a_contact_is_none(self):
        case = self.own_case()
        token = self.token(case)
        self.enter()
        for pid in ("9" * 5000, "9" * 11, "-1", "٣", "1_0", " 1", "x"):
            with self.subTest(pid=pid[:12]):
                query = urlencode({"pid": pid, "hash": "x"})
                self.assertEqual(self.open_page(case, f"{token}&{query}").status_code, 200)
