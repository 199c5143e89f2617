from datetime import timedelta

from odoo import Command, fields

from .notices import NoticesCommon

# It is in every text of the confidential case, and nowhere else.
WORD = "Zafiro"
CASE = "atencion.case"


class ConfidentialCommon(NoticesCommon):
    """A case with records of every kind, which then becomes confidential.

    Its holder requested it, and a co-holder shares the contract. It was assigned to agent,
    followed by deeds_agent, and is of the area that area_user manages; agent2 is of the
    same area. When it becomes confidential, only its legal adviser and supervisors may know.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.excluded = {
            "of the same area": cls.agent2,
            "former assignee": cls.agent,
            "former follower": cls.deeds_agent,
            "manager of the area": cls.area_user,
            "other company": cls.agent_chile,
            "outside of the service": cls.outsider,
            "co-holder": cls.portal_coholder,
        }

    @classmethod
    def secret_case(cls, **vals):
        """A case with the word in all its texts, not confidential yet."""
        text = f"<p>{WORD}</p>"
        values = {
            "subject": f"{WORD} in the kitchen",
            "description": text,
            "response": text,
            "resolution": text,
            "provider_statement": text,
            "customer_comment": WORD,
            "good_description": WORD,
            "contract_id": cls.contract.id,
            "requester_id": cls.holder.id,
            "user_id": cls.agent.id,
            "legal_user_id": cls.legal_adviser.id,
            "type_id": cls.type_claim.id,
            "area_id": cls.repairs.id,
        }
        return cls.create_case(**values | vals)

    @classmethod
    def hide(cls, case, **vals):
        """Make a case confidential, as a supervisor does."""
        cls.on(cls.supervisor, case).write({"is_confidential": True, "user_id": False} | vals)
        cls.env.cr.flush()

    @classmethod
    def leave_traces(cls, case):
        """Create records of every kind about a case, by and for people who are excluded later."""
        env = cls.env
        text, named = f"<p>{WORD}</p>", {"res_model": CASE, "res_id": case.id}
        model = env["ir.model"]._get_id(CASE)
        people = (cls.agent | cls.area_user | cls.deeds_agent | cls.outsider).partner_id
        people |= cls.coholder
        case.message_subscribe(partner_ids=people.ids)
        for subtype in ("mail.mt_comment", "mail.mt_note"):
            message = cls.on(cls.agent, case).message_post(
                body=WORD, subject=WORD, subtype_xmlid=subtype, partner_ids=people.ids
            )
        case.message_notify(body=WORD, subject=WORD, partner_ids=people.ids)
        env["rating.rating"].create(
            {
                "res_model_id": model,
                "res_id": case.id,
                "feedback": WORD,
                "rating": 5,
                "consumed": True,
                "message_id": message.id,
            }
        )
        env["atencion.incoming.mail"].create(
            {"digest": WORD, "subject": WORD, "case_id": case.id, "company_id": case.company_id.id}
        )
        env["ir.attachment"].create({"name": f"{WORD}.txt", "raw": WORD.encode()} | named)
        for user in (cls.agent, cls.area_user):
            activities = env["mail.activity"].create(
                [{"case_id": case.id, "summary": WORD, "note": text, "user_id": user.id}] * 2
            )
            activities[0].action_feedback(feedback=WORD)
        start = fields.Datetime.now() + timedelta(days=2)
        env["calendar.event"].create(
            {
                "name": WORD,
                "description": text,
                "location": WORD,
                "start": start,
                "stop": start + timedelta(hours=1),
                "user_id": cls.agent.id,
                "partner_ids": [Command.set((people | cls.holder).ids)],
            }
            | named
            | {"res_model_id": model}
        )
        cls.on(cls.agent, env["mail.scheduled.message"]).create(
            {
                "author_id": cls.agent.partner_id.id,
                "body": text,
                "model": CASE,
                "res_id": case.id,
                "scheduled_date": start,
                "subject": WORD,
                "partner_ids": [Command.set(people.ids)],
            }
        )
        cls._leave_own_traces(case)

    @classmethod
    def _leave_own_traces(cls, case):
        """Records of our own models."""
        env, text = cls.env, f"<p>{WORD}</p>"
        env["atencion.note"].create(
            {
                "name": WORD,
                "body": text,
                "case_ids": [Command.link(case.id)],
                "company_id": cls.lima.id,
            }
        )
        case.document_ids = [Command.create({"name": WORD, "mandatory": False, "reason": WORD})]
        env["atencion.call"].create({"case_id": case.id, "note": WORD, "phone": WORD})
        earlier = case.received_at - timedelta(days=1)
        cls.on(cls.supervisor, case)._correct_reception(earlier, WORD)
        env["ir.attachment"].create(
            {
                "name": f"{WORD}.txt",
                "raw": WORD.encode(),
                "res_model": "atencion.case.document",
                "res_id": case.document_ids[:1].id,
            }
        )
        env["atencion.case.writer"].create(
            {"case_id": case.id, "name": WORD, "email": "writer@example.com"}
        )
        env["atencion.delivery.failure"].create(
            {
                "case_id": case.id,
                "email": "writer@example.com",
                "failed_at": fields.Datetime.now(),
                "is_settled": True,
                "kind": "refused",
                "message_id": case.message_ids[:1].id,
                "reason": WORD,
            }
        )
        env["atencion.escalation.log"].create(
            {
                "case_id": case.id,
                "reopening": 1,
                "fired_at": fields.Datetime.now(),
                "mode": "active",
            }
        )
        env["atencion.solution"].create(
            {
                "name": WORD,
                "problem": text,
                "solution": text,
                "case_id": case.id,
                "company_id": cls.lima.id,
            }
        )
        check = env["atencion.handover.check"].create(
            {"contract_id": cls.contract.id, "unit_id": cls.flat.id, "name": "Kitchen"}
        )
        check._write_checked({"case_id": case.id})
        seen = cls.on(cls.agent, case)
        letter = env["atencion.document.template"].search([], limit=1)
        seen.env["atencion.document.generate"].create(
            {"case_id": case.id, "template_id": letter.id, "subject": WORD, "body": text}
        )
        seen.env["atencion.case.stage.change"].create(
            {
                "case_ids": [Command.set(case.ids)],
                "stage_id": cls.stages["WCE"].id,
                "note": WORD,
                "resolution": text,
            }
        )
        seen.env["atencion.requester.registration"].create({"case_id": case.id})
