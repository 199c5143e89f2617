from odoo import api, fields, models

from ...tools.identity_zeros import with_zeros
from ..base.public_method import ROWS, TEXTS, public


class AtencionIdentityZeros(models.AbstractModel):
    """Imported identity numbers that may have lost their first zeros: a person decides.

    The number stays as it came. An import by a user of ours leaves a proposal beside it, which
    one click accepts or takes away. Whoever writes the number decides, too.
    """

    _name = "atencion.identity.zeros"
    _description = "Proposals for identity numbers"

    # The field with the number.
    _identity_field = None

    identity_proposal = fields.Char(
        "Proposed number",
        copy=False,
        readonly=True,
        index="btree_not_null",
        help="The identity number with the zeros that an import may have lost.",
    )

    @api.model
    @public(fields=TEXTS, data=ROWS)
    def load(self, fields, data):
        result = super().load(fields, data)
        if result["ids"] and self.env.user.has_group("atencion_cliente.group_user"):
            records = self.browse(result["ids"])
            for index, path in enumerate(fields):
                if path.split("/")[-1] == self._identity_field:
                    numbers = {row[index] for row in data}
                    records._numbered_by(path, numbers)._propose_identities()
        return result

    def _numbered_by(self, path, numbers):
        """The records that a column of an import numbered: these, or new lines of them."""
        *way, name = path.split("/")
        if not way:
            return self
        lines = self.mapped(".".join(way))
        if lines._name != self._name:
            return self.browse()
        return lines.filtered(lambda line: line[name] in numbers)

    def _propose_identities(self):
        """Keep a proposal beside each number that may have lost zeros."""
        for record in self:
            country, kind = record._identity_owner()
            proposal = with_zeros(country.code, record[self._identity_field], kind)
            if proposal != (record.identity_proposal or ""):
                record._keep_proposal(proposal or False)

    def _identity_owner(self):
        """The country of the number, and the name of its kind, None if nobody chose one."""
        raise NotImplementedError

    def _keep_proposal(self, proposal):
        """Write the proposal, False for none: only the system does."""
        raise NotImplementedError

    @public()
    def action_accept_identities(self):
        """Take the proposed numbers, with the rights of the user."""
        for record in self.filtered("identity_proposal"):
            record[self._identity_field] = record.identity_proposal
        return True

    @public()
    def action_keep_identities(self):
        """Leave the numbers as they are: they are right."""
        self.check_access("write")
        self.filtered("identity_proposal")._keep_proposal(False)
        return True
