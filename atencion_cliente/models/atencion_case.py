from odoo import api, fields, models
from odoo.exceptions import UserError

# What the link of a customer adds to a request.
OF_LINKS = ("hash", "pid", "token")
# What record rules, counts by state, area and alert, and the average of their days ask of a case.
COUNTED = (
    "company_id, active, is_confidential, area_id, user_id, legal_user_id, stage_id, request_date, "
    "exclude_from_kpi, attention_date, attended_at, deadline_date, deadline_unit, paused_since"
)


class AtencionCase(models.Model):
    """A request or claim of a customer: its plain fields.

    Each concern of a case is an extension of this class in the folder of its capability. It
    extends the hooks of ``atencion.server.only`` with ``super()``, never ``create`` or
    ``write``. In the order of loading, see ``models/__init__.py``:

    * A new case gets its company, number, reception and first state, then what its contract or
      unit fills, then the state where an imported history ends. Once it is there come the
      imported history, the documents, the notices, the ledger, the state it was created with,
      the activities and the rules.
    * A change by a client is completed by its contract or unit, and logged for the figures;
      its plain values are written, then its state is entered under the conditions of that
      state, and last the documents that changed are followed.
    """

    _name = "atencion.case"
    _description = "Case"
    _inherit = [
        "atencion.input",
        "atencion.copied.label",
        "atencion.import",
        "atencion.live.columns",
        "atencion.figures",
        "atencion.private.label",
        # The hooks of the concerns end here.
        "atencion.server.only",
        # At the very end: what the hooks have completed is checked, too.
        "atencion.live.links",
        "atencion.readable.links",
        "rating.mixin",
        "mail.thread",
        "mail.activity.mixin",
        "portal.mixin",
    ]
    _order = "received_at desc, id desc"
    _rec_names_search = ["name", "subject", "external_ref"]
    _check_company_auto = True
    _copied_labels = ("subject",)
    _live_links = frozenset({"area_id", "category_id", "place_id", "stage_id", "type_id"})
    _primary_email = "requester_email"
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        ondelete="restrict",
    )
    active = fields.Boolean(default=True, copy=False, tracking=True)
    exclude_from_kpi = fields.Boolean(
        "Excluded from indicators",
        copy=False,
        tracking=True,
        help="A duplicate or a mistake: it has no alert and no figure counts it.",
    )

    # What
    subject = fields.Char(required=True, tracking=True, index="trigram")
    description = fields.Html(index="trigram")
    type_id = fields.Many2one(
        "atencion.case.type",
        required=True,
        tracking=True,
        ondelete="restrict",
        index=True,
        check_company=True,
    )
    form = fields.Selection(related="type_id.form", string="Form of the type", tracking=False)
    category_id = fields.Many2one(
        "atencion.case.category",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    priority = fields.Selection(
        [("0", "Low"), ("1", "Normal"), ("2", "High"), ("3", "Urgent")],
        required=True,
        default="1",
        tracking=True,
    )
    source_id = fields.Many2one("atencion.source", ondelete="restrict")

    # By whom
    area_id = fields.Many2one(
        "atencion.area",
        string="Service area",
        required=True,
        compute="_compute_area_id",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
        index=True,
        tracking=True,
        check_company=True,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Assigned to",
        domain=[("share", "=", False)],
        index="btree_not_null",
        tracking=True,
        copy=False,
        check_company=True,
    )

    # Answer
    response = fields.Html("Observation / response", copy=False)
    resolution = fields.Html(
        copy=False,
        groups="base.group_user",
        help="How the case was solved. Required to close it as upheld.",
    )
    customer_comment = fields.Text("Customer's comments", copy=False)

    _name_unique = models.UniqueIndex(
        "(company_id, name)", "Another case of the company has this number."
    )
    _external_ref_unique = models.UniqueIndex(
        "(company_id, external_ref) WHERE external_ref IS NOT NULL",
        "Another case of the company has this previous number: it was imported before.",
    )
    _list_order = models.Index("(received_at DESC, id DESC) INCLUDE (company_id)")
    # Lists and kanbans show first what is due first, to the minute; most of them only open cases.
    # Who sees a case and its alert are included: cases are counted without reading them.
    _open_order = models.Index(
        f"(deadline_at, id) INCLUDE ({COUNTED}, stage_entry) WHERE closed_at IS NULL"
    )
    _deadline_order = models.Index(f"(deadline_at, id) INCLUDE ({COUNTED}, closed_at)")
    _kanban_order = models.Index(
        "(stage_id, deadline_at, id) INCLUDE (company_id, active, closed_at)"
    )
    # What everybody of an area sees, even if they see only what is theirs.
    _unassigned = models.Index("(area_id) WHERE user_id IS NULL")
    _excluded = models.Index("(id) WHERE exclude_from_kpi IS TRUE")
    _open_deadline = models.Index(
        "(deadline_date) WHERE attention_date IS NULL AND deadline_date IS NOT NULL"
    )

    # Of its expression PostgreSQL also knows how many cases were attended late: it is not partial.
    _attended_late = models.Index("((attended_at - deadline_at))")

    # -------------------------------------------------------------------------
    # Computes
    # -------------------------------------------------------------------------

    @api.depends("type_id")
    def _compute_area_id(self):
        for case in self:
            case.area_id = case.area_id or case.type_id.area_id.filtered("active")

    # -------------------------------------------------------------------------
    # Messages
    # -------------------------------------------------------------------------

    @property
    def _mail_post_access(self):
        """The right that a message or an activity asks for.

        Customers answer in the portal with the right to read, and staff need the right to
        write: auditors only read.
        """
        return "write" if self.env.user._is_internal() else "read"

    def _get_thread_with_access(self, thread_id, **access):
        """The link of a customer gives users of the staff no right that they lack.

        An archived case is none to customers.
        """
        if self.env.user._is_internal():
            access = {name: value for name, value in access.items() if name not in OF_LINKS}
            return super()._get_thread_with_access(thread_id, **access)
        case = super()._get_thread_with_access(thread_id, **access)
        # sudo: whether it is archived counts for who opens it by a link, too.
        return case if case.sudo().active else self.browse()

    def _creation_message(self):
        # The name of the model in Odoo's words costs a statement.
        return self.env._("Case registered")

    # -------------------------------------------------------------------------
    # CRUD
    # -------------------------------------------------------------------------

    @api.model
    def _company_in(self, vals):
        """The company of a new case with these values."""
        return self.env["res.company"].browse(vals.get("company_id") or self.env.company.id)

    @api.model
    def _prepare_create(self, vals_list, carried):
        prepared = super()._prepare_create(vals_list, carried)
        return [vals | {"company_id": self._company_in(vals).id} for vals in prepared]

    def _check_company(self, fnames=None):
        """Whether assignees are of the company is kept by workers: Odoo would read it."""
        names = set(self._fields if fnames is None else fnames)
        # sudo: everybody's companies count, whoever may read them.
        assigned = self.sudo().filtered("user_id")
        if not names.isdisjoint({"company_id", "user_id"}) and all(
            case.company_id.id in case.user_id._get_company_ids() for case in assigned
        ):
            if "company_id" in names:
                names = self._fields.keys() - {"company_id", "company_ids"}
            names -= {"user_id"}
        return super()._check_company(names)

    def _write_client_values(self, vals):
        self._refuse_other_company(vals)
        super()._write_client_values(vals)

    def _refuse_other_company(self, vals):
        """Refuse to move a case, with its number and ledger, to another company.

        :raise UserError: says what to do instead
        """
        if "company_id" in vals and self.company_id.ids != [vals["company_id"]]:
            raise UserError(
                self.env._(
                    "A case stays in its company. Register a new case in the other "
                    "company, and archive this one."
                )
            )
