from odoo import api, fields, models
from odoo.tools import SQL


class AtencionCaseAccess(models.Model):
    """Who opened a confidential case: one row per case, person and day, of the first opening.

    Nobody has the right to write rows: the case writes them. They are deleted with their
    case, which only an administrator may delete.
    """

    _name = "atencion.case.access"
    _description = "Opening of a confidential case"
    _inherit = ["atencion.readable.links", "atencion.bounds"]
    _order = "opened_at desc, id desc"
    _rec_name = "person"
    _rec_names_search = ["user_id", "partner_id"]

    case_id = fields.Many2one(
        "atencion.case", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade")
    # Without user and partner: somebody opened the link that was sent to the customer.
    user_id = fields.Many2one(
        "res.users", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The customer who opened it without a login, by the link that was sent to them.",
    )
    day = fields.Date(required=True, readonly=True)
    opened_at = fields.Datetime("First opened on", required=True, readonly=True)
    kind = fields.Selection(
        [
            ("form", "Form"),
            ("portal", "Portal page"),
            ("letter", "Letter"),
            ("export", "Exported file"),
        ],
        string="First opened as",
        required=True,
        readonly=True,
    )
    person = fields.Char(compute="_compute_person")

    _once_a_day = models.UniqueIndex(
        "(case_id, day, coalesce(user_id, 0), coalesce(partner_id, 0))",
        "The opening of this case by this person on this day is recorded already.",
    )

    @api.depends("user_id", "partner_id")
    @api.depends_context("lang")
    def _compute_person(self):
        for row in self:
            person = row.user_id.name or row.partner_id.name
            row.person = person or self.env._("Whoever has the link")

    @api.model
    def _record(self, cases, company, kind, user, partner):
        """Record that a person opened cases, unless they have a row of this day already.

        Of two openings at the same moment one waits for the other, and Odoo repeats it if
        it was not the first. So they leave one row.

        :param cases: each an ``atencion.case`` of the company
        :param str kind: ``form``, ``portal``, ``letter`` or ``export``
        :param user: ``res.users``, may be empty
        :param partner: ``res.partner``, may be empty
        """
        # One statement: the ORM would search first, and then create.
        self.env.cr.execute(
            SQL(
                """INSERT INTO atencion_case_access
                    (case_id, company_id, user_id, partner_id, day, opened_at, kind,
                     create_uid, create_date, write_uid, write_date)
                SELECT opened.id, %(company)s, %(user)s, %(partner)s, %(day)s, %(now)s, %(kind)s,
                    %(author)s, %(now)s, %(author)s, %(now)s
                FROM unnest(%(cases)s) AS opened(id)
                WHERE NOT EXISTS (
                    SELECT FROM atencion_case_access
                    WHERE case_id = opened.id AND day = %(day)s
                        AND user_id IS NOT DISTINCT FROM %(user)s
                        AND partner_id IS NOT DISTINCT FROM %(partner)s)
                ON CONFLICT DO NOTHING""",
                cases=cases.ids,
                company=company.id,
                user=user.id or None,
                partner=partner.id or None,
                day=company._today(),
                now=fields.Datetime.now(),
                kind=kind,
                author=self.env.uid,
            )
        )
        self.invalidate_model()
