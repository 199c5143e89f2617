import re
from datetime import datetime, timedelta

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import format_date

from .support.common import NOTE, AtencionCommon
from .support.many_cases import ManyCases
from .support.portal import PortalPages

FEW, MANY = 100, 10_000
# Most statements of a request, those of the session and of Odoo's frame of the page included.
PAGE = 35
# 10:00 in Lima, in UTC.
VISIT = datetime(2030, 5, 6, 15)
REGISTERED = "We registered your case"
# Of the document that each case of these tests has.
ASKED = "We asked you for: Photographs"


def plain(html):
    """The text of some HTML, in one line."""
    return " ".join(re.sub("<[^>]*>", " ", html).split())


class PortalPageCommon(PortalPages, HttpCase, AtencionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.type_two_days.show_deadline = True

    def case_of_holder(self, code="PRO", **vals):
        vals = {"contract_id": self.contract.id, "requester_id": self.holder.id} | vals
        return self.ready_case(code, **vals)

    def shown(self, case, user=None):
        answer = self.page(user or self.portal_holder, case.access_url)
        self.assertEqual(answer.status_code, 200)
        return answer.text

    def part(self, text, tag, name):
        """A list of the page, by its class."""
        found = re.search(rf'<{tag} class="{name}.*?</{tag}>', text, re.S)
        return found[0] if found else ""

    def told(self, case):
        """What the page says that happened, the latest first."""
        timeline = self.part(self.shown(case), "ol", "o_atencion_timeline")
        return [plain(text) for text in re.findall('<div class="text-break">(.*?)</div>', timeline)]

    def visit(self, case, guests, **vals):
        context = {"no_mail_to_attendees": True, "dont_notify": True}
        return (
            self.env["calendar.event"]
            .with_context(**context)
            .create(
                {
                    "name": "Secret of the office",
                    "res_model_id": self.env["ir.model"]._get_id("atencion.case"),
                    "res_id": case.id,
                    "partner_ids": [Command.set(guests.ids)],
                    "start": VISIT,
                    "stop": VISIT + timedelta(hours=1),
                }
                | vals
            )
        )


@tagged("post_install", "-at_install")
class TestPortalPage(PortalPageCommon):
    """The page of a case: how it stands and what happened, in words for its customer."""

    # -------------------------------------------------------------------------
    # How it stands
    # -------------------------------------------------------------------------

    def test_labels_and_steps_of_each_state(self):
        expected = {
            "WRC": ("We are waiting for your documents", "Received by us"),
            "RIT": ("We are checking your documents", "Received by us"),
            "PRO": ("We are working on it", "Being attended"),
            "WCE": ("In formalities with a third party", "Being attended"),
            "TRA": ("We are working on it", "Being attended"),
            "REA": ("We are looking at it again", "Being attended"),
            "CLO": ("Resolved", "Answered"),
            "REJ": ("Answered", "Answered"),
        }
        for code, (label, step) in expected.items():
            with self.subTest(code):
                text = self.shown(self.case_of_holder(code, response="<p>Here you are</p>"))
                self.assertIn(f">{label}</span>", text)
                progress = self.part(text, "ol", "o_atencion_progress")
                [current] = re.findall(r'<li[^>]*aria-current="step".*?</li>', progress, re.S)
                self.assertIn(step, current)
                self.assertEqual(progress.count("<li"), 3)

    def test_without_an_answer_nobody_is_said_to_have_answered(self):
        case = self.case_of_holder("REJ")
        text = self.shown(case)
        progress = plain(self.part(text, "ol", "o_atencion_progress"))
        self.assertIn("Finished", progress)
        self.assertNotIn("Answered", progress)
        self.assertEqual(self.told(case), ["Not upheld", ASKED, REGISTERED])

    def test_deadline_is_shown_only_while_it_is_true(self):
        case = self.case_of_holder()
        until = f"Answer until: {format_date(self.env, case.deadline_date)}"
        paused = "does not run while we wait"
        self.assertIn(until, self.shown(case))
        self.move(case, "WRC")
        text = self.shown(case)
        self.assertIn(paused, text)
        self.assertNotIn("Answer until", text)
        self.move(case, "PRO")
        self.assertIn("Answer until", self.shown(case))
        self.move(case, "REJ")
        for hidden in ("Answer until", paused):
            self.assertNotIn(hidden, self.shown(case))
        self.type_two_days.show_deadline = False
        self.assertNotIn("Answer until", self.shown(self.case_of_holder()))
        self.assertFalse(self.env["atencion.case.type"].new({}).show_deadline)

    # -------------------------------------------------------------------------
    # What happened
    # -------------------------------------------------------------------------

    def test_answered_and_reopened(self):
        case = self.case_of_holder(response="<p>Here you are</p>")
        self.move(case, "WCE")
        self.move(case, "CLO")
        self.move(case, "REA")
        self.move(case, "TRA")
        case.area_id = self.repairs
        self.assertEqual(self.told(case), ["We reopened your case", "Resolved", ASKED, REGISTERED])

    def test_the_former_answer_stays_readable_until_there_is_a_new_one(self):
        case = self.case_of_holder(response="<p>Here you are</p>")
        self.move(case, "WCE")
        self.move(case, "CLO")
        former = "Our answer before the case was reopened"
        self.assertNotIn(former, self.shown(case))
        self.move(case, "REA")
        text = self.shown(case)
        self.assertIn(former, text)
        self.assertIn("Here you are", text)
        self.move(case, "CLO", response="<p>It is new</p>", resolution="<p>x</p>")
        text = self.shown(case)
        self.assertNotIn(former, text)
        self.assertIn("It is new", text)

    def test_documents(self):
        case = self.create_case(
            type_id=self.type_documents.id, contract_id=self.contract.id, received_at="2026-01-05"
        )
        card, photographs = case.document_ids
        self.assertEqual(self.told(case)[0], "We asked you for: Identity card, Photographs")
        self.env.cr.execute(
            "UPDATE atencion_case_document SET create_date = '2026-01-06' WHERE case_id = %s",
            [case.id],
        )
        case.document_ids.invalidate_recordset()
        card.write({"state": "rejected", "reason": "<b>Blurred</b>"})
        photographs.state = "in_transit"
        told = self.told(case)
        self.assertIn("We could not accept: Identity card. &lt;b&gt;Blurred&lt;/b&gt;", told)
        self.assertIn("It arrived, and we are checking it: Photographs", told)
        self.assertEqual(told[-2], "We asked you for: Identity card, Photographs")
        card.state = "in_transit"
        self.assertIn(
            "We could not accept: Identity card. &lt;b&gt;Blurred&lt;/b&gt;", self.told(case)
        )
        (card | photographs).write({"state": "received"})
        self.assertEqual(self.told(case)[0], "We received: Identity card, Photographs")
        photographs.write({"state": "waived", "reason": "Not needed by Legal"})
        told = self.told(case)
        self.assertIn("We no longer need: Photographs", told)
        self.assertNotIn("Legal", str(told))

    def test_mandatory_documents_come_first(self):
        """As in the mail that asks for them."""
        documents = [
            Command.create({"name": name, "mandatory": name == "Deed", "sequence": number})
            for number, name in enumerate(("Plan", "Deed"))
        ]
        case = self.create_case(contract_id=self.contract.id, document_ids=documents)
        shown = re.findall("<b>(Plan|Deed)</b>", self.shown(case))
        self.assertEqual(shown, ["Deed", "Plan"])

    def test_each_rejection_of_a_document_is_told(self):
        case = self.create_case(type_id=self.type_documents.id, contract_id=self.contract.id)
        card = self.on(self.agent, case.document_ids[0])
        for reason in ("Blurred", "Cut off"):
            card.write({"state": "rejected", "reason": reason})
            card.state = "in_transit"
        card.write({"state": "rejected", "reason": "Of somebody else"})
        card.write({"reason": "Of your sister"})
        told = " ".join(self.told(case))
        for reason in ("Blurred", "Cut off", "Of your sister"):
            self.assertEqual(told.count(f"Identity card. {reason}"), 1, reason)
        self.assertNotIn("somebody else", told)
        with self.assertRaises(AccessError):
            card.write({"rejections": []})

    def test_what_came_with_the_request_was_not_asked_for(self):
        document = Command.create({"name": "Letter", "mandatory": False, "state": "received"})
        case = self.create_case(contract_id=self.contract.id, document_ids=[document])
        # The transaction of tests began long ago.
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE atencion_case_document SET create_date = state_since WHERE case_id = %s",
            [case.id],
        )
        case.document_ids.invalidate_recordset()
        self.assertNotIn("We asked you", str(self.told(case)))

    def test_visits_of_the_customer(self):
        case = self.case_of_holder()
        self.visit(case, self.holder | self.agent.partner_id)
        self.visit(case, self.agent.partner_id, location="Office of the director")
        self.visit(case, self.holder, active=False)
        self.visit(self.case_of_holder(), self.holder)
        self.visit(case, self.holder, allday=True, start="2030-05-07", stop="2030-05-07")
        told = self.told(case)
        self.assertEqual(told[0], "Visit scheduled")
        self.assertRegex(told[1], r"^Visit scheduled at 10:00\sAM$")
        self.assertEqual(sum("Visit" in one for one in told), 2)
        self.assertNotIn("Secret of the office", self.shown(case))

    def test_nothing_internal_is_told(self):
        """No area, nobody, no note, no forced move, no rule."""
        case = self.case_of_holder("WCE", user_id=self.agent.id)
        case.with_user(self.supervisor)._change_stage(
            self.stages["CLO"], "Forced by us", forced=True
        )
        self.move(case, "REA", note="Ordered by the director")
        text = self.shown(case)
        for hidden in (
            *("Forced", "director", "Seal changed", NOTE),
            *(self.repairs.name, self.deeds.name, self.agent.name, self.supervisor.name),
        ):
            self.assertNotIn(hidden, text)

    # -------------------------------------------------------------------------
    # The page itself
    # -------------------------------------------------------------------------

    def test_the_conversation_by_the_link_with_and_without_a_login(self):
        case = self.case_of_holder()
        said = {"message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
        case.message_post(body="Tomorrow at ten", **said)
        link = {
            "thread_model": case._name,
            "thread_id": case.id,
            "token": case._portal_ensure_token(),
        }
        self.env.flush_all()
        for user in (self.portal_holder, self.portal_stranger, None):
            with self.subTest(user=user and user.login):
                self.page(user, case.access_url, link["token"])
                read = link | {"fetch_params": {"limit": 30}}
                answer = self.make_jsonrpc_request("/mail/chatter_fetch", read)
                self.assertIn("Tomorrow at ten", str(answer))
        self.page(self.portal_holder, case.access_url, link["token"])
        posted = link | {"post_data": {"body": "Agreed", "subtype_xmlid": "mail.mt_comment"}}
        answer = self.make_jsonrpc_request("/mail/message/post", posted)
        message = self.env["mail.message"].browse(answer["message_id"])
        self.assertEqual(message.author_id, self.holder)

    def test_no_search_engine_lists_it(self):
        case = self.case_of_holder()
        token = case._portal_ensure_token()
        self.env.flush_all()
        for user, sent in ((self.portal_holder, None), (None, token)):
            answer = self.page(user, case.access_url, sent)
            self.assertEqual(answer.headers["X-Robots-Tag"], "noindex, nofollow")
            self.assertIn('<meta name="robots" content="noindex, nofollow"/>', answer.text)

    def test_it_says_how_to_reach_the_company_of_the_case(self):
        self.lima.phone = "+51 1 234 5678"
        text = self.shown(self.case_of_holder())
        self.assertIn('href="tel:+5112345678"', text)
        self.assertIn('href="mailto:desk@lima-homes.test"', text)

    def test_what_people_wrote_is_text(self):
        hostile = "<script>alert(1)</script>"
        case = self.case_of_holder(subject=hostile, description=hostile, response=hostile)
        self.assertNotIn("<script>alert", self.shown(case))

    def test_it_is_read_and_not_posted_to(self):
        case = self.case_of_holder()
        self.page(self.portal_holder, case.access_url)
        for url in (case.access_url, "/my/cases"):
            answer = self.url_open(url, data={"csrf_token": "x"})
            self.assertEqual(answer.status_code, 405)


@tagged("post_install", "-at_install")
class TestPortalPageCost(ManyCases, PortalPageCommon):
    """Statements of the page: few, and the same whatever happened to the case."""

    def statements(self, case, token=None):
        return self.counted(None if token else self.portal_holder, case.access_url, token)

    def counted(self, user, url, token=None, status=200):
        """Statements of a page, with warm caches."""
        counts = []
        for _time in range(3):
            self.env.flush_all()
            before = self.cr.sql_log_count
            answer = self.page(user, url, token)
            counts.append(self.cr.sql_log_count - before)
            self.assertEqual(answer.status_code, status)
        return counts[-1]

    def test_refusal_does_not_tell_that_there_is_a_case(self):
        """Whether the case of somebody else is there takes few statements more to find out."""
        foreign = self.case_of_holder()
        for user in (self.portal_stranger, None):
            urls = (foreign.access_url, f"/my/cases/{foreign.id + 1_000_000}")
            found, unknown = (self.counted(user, url, status=404) for url in urls)
            with self.subTest(user=user and user.login):
                self.assertLessEqual(found - unknown, 3)

    def test_statements_do_not_grow(self):
        self.case = self.case_of_holder(type_id=self.type_documents.id)
        self.visit(self.case, self.holder)
        token = self.case._portal_ensure_token()
        counts = {}
        for total in (FEW, MANY):
            self.fill_to(total)
            counts[total] = [self.statements(self.case), self.statements(self.case, token)]
        self.assertEqual(counts[FEW], counts[MANY])
        self.assertLessEqual(max(counts[MANY]), PAGE)
        self.case.document_ids.state = "received"
        self.case.document_ids = [
            Command.create({"name": f"Document {number}", "mandatory": False})
            for number in range(9)
        ]
        for _time in range(3):
            self.move(self.case, "PRO")
            self.move(self.case, "WCE")
        for _time in range(5):
            self.visit(self.case, self.holder)
        self.assertEqual(
            [self.statements(self.case), self.statements(self.case, token)], counts[MANY]
        )
