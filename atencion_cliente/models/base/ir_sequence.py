from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, ormcache

from ...tools import number_prefix

# The codes of the sequences that number cases and their requirement sheets.
NUMBERING = ("atencion.case", "atencion.case.sheet")
# What makes a number look as it does.
LOOK = ("prefix", "suffix", "padding")
MIN_LETTERS = 2


class IrSequence(models.Model):
    """The sequences of cases: their numbers are recognised in mails, former ones, too.

    Workers keep how a company numbers its cases, and never the next number.
    """

    _name = "ir.sequence"
    _inherit = ["ir.sequence", "atencion.shown.setting"]
    _kept_domain = (("code", "in", NUMBERING),)

    atencion_former_looks = fields.Json(
        "Former patterns",
        copy=False,
        readonly=True,
        help="Prefix, suffix and size that the numbers of cases had before.",
    )

    @api.model
    def _numbering_of(self, company):
        """The sequences that number the cases of a company, by code; not all may be there.

        :rtype: dict[str, ir.sequence]
        """
        read = self.env.registry.cache_invalidated
        ids = self._read_numbering(company.id) if read else self._kept_numbering(company.id)
        return {code: self.browse(id_) for code, id_ in ids.items()}

    @api.model
    @ormcache("company_id")
    def _kept_numbering(self, company_id):
        return self._read_numbering(company_id)

    @api.model
    def _read_numbering(self, company_id):
        # sudo: agents have no rights on sequences.
        found = self.sudo().search([("code", "in", NUMBERING), ("company_id", "=", company_id)])
        # The first of several counts.
        return {one.code: one.id for one in reversed(found)}

    def _is_kept(self, field):
        # Odoo counts in some of them without a write.
        return field.name != "number_next" and super()._is_kept(field)

    def _forget_kept(self):
        return super(IrSequence, self.filtered(lambda one: one.code in NUMBERING))._forget_kept()

    def write(self, vals):
        looks = not vals.keys().isdisjoint(LOOK)
        before = {one: one._look() for one in self if looks and one.code in NUMBERING}
        result = super().write(vals)
        if "code" in vals:
            # Those that number cases from now on, too.
            self._forget_kept()
        for sequence, look in before.items():
            former = sequence.atencion_former_looks or []
            if look != sequence._look() and look not in former:
                sequence.atencion_former_looks = [*former, look]
        return result

    def _look(self):
        """Prefix, suffix and size of the numbers.

        :rtype: list
        """
        self.ensure_one()
        return [self.prefix or "", self.suffix or "", self.padding]

    def _looks(self):
        """What the numbers of these sequences look like, or looked like.

        :return: lists of prefix, suffix and size
        """
        return [look for one in self for look in (one._look(), *(one.atencion_former_looks or []))]

    @api.constrains("prefix", "suffix", "code", "company_id")
    def _check_numbers_of_cases(self):
        """Refuse numbers of cases that could be any amount, or those of another company."""
        numbering = self.filtered(lambda one: one.code in NUMBERING)
        if numbering:
            self._choose_one_by_one()
        for sequence in numbering:
            own = (sequence.prefix or "") + (sequence.suffix or "")
            if number_prefix.letters(own) < MIN_LETTERS:
                raise ValidationError(
                    self.env._(
                        "Numbers of cases contain a prefix of two letters or more, so that they "
                        "are recognised in mails: “%s” has none.",
                        own,
                    )
                )
            other = sequence._with_the_same_numbers()
            if other:
                raise ValidationError(
                    self.env._(
                        "“%(prefix)s” begins numbers of %(company)s, or did. Choose another "
                        "prefix, so that a number means one case.",
                        prefix=number_prefix.of_pattern(sequence.prefix),
                        company=other.company_id.name or other.name,
                    )
                )

    @api.model
    def _choose_one_by_one(self):
        """Refuse a second transaction that chooses a prefix meanwhile; Odoo repeats it.

        Neither would see the prefix of the other. All write the row of the first sequence.
        """
        self.flush_model(["code"])
        self.env.cr.execute(
            SQL(
                """
                UPDATE ir_sequence SET code = code
                WHERE id = (SELECT min(id) FROM ir_sequence WHERE code IN %s)""",
                NUMBERING,
            )
        )

    def _with_the_same_numbers(self):
        """Another sequence of cases with the prefix that this one takes up.

        A prefix that this sequence had before stays its own, whoever has it, too.
        """
        self.ensure_one()
        prefix = (self.prefix or "").upper()
        if prefix in {look[0].upper() for look in self.atencion_former_looks or []}:
            return self.browse()
        # sudo: the numbers of every company count.
        others = self.sudo().search(Domain("code", "in", NUMBERING) & Domain("id", "!=", self.id))
        return others.filtered(lambda one: prefix in {look[0].upper() for look in one._looks()})[:1]
