from odoo import api, fields, models
from odoo.exceptions import UserError


class AtencionCaseClaim(models.Model):
    """A case that was once filed as a claim is kept, whatever its type is now."""

    _inherit = "atencion.case"

    claim_filed_at = fields.Datetime(
        "Filed as a claim on",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="When the case first had the form of a claim: received, or given a type of "
        "claims. Such a case is never deleted.",
    )

    @api.model
    def _get_server_only_fields(self):
        return super()._get_server_only_fields() | {"claim_filed_at"}

    def _after_create(self, vals_list, carried):
        super()._after_create(vals_list, carried)
        for received_at, cases in self._new_claims().grouped("received_at").items():
            cases._write_checked({"claim_filed_at": received_at})

    def _prepare_write(self, vals, carried):
        if vals.get("type_id"):
            self._refuse_type_without_claim(vals["type_id"])
        return super()._prepare_write(vals, carried)

    def _refuse_type_without_claim(self, type_id):
        """Refuse to an agent a type that ends the legal deadline of a claim.

        :raise UserError: names the case and who may do it
        """
        if self.env.su or self.env.user.has_group("atencion_cliente.group_supervisor"):
            return
        claims = self.filtered("claim_filed_at")
        if claims and self.env["atencion.case.type"].browse(type_id).form != "claim":
            raise UserError(
                self.env._(
                    "%s was filed as a claim: only a supervisor gives it a type that is none.",
                    claims[0].display_name,
                )
            )

    def _after_write(self, vals, carried):
        super()._after_write(vals, carried)
        claims = self._new_claims() if "type_id" in vals else None
        if claims:
            claims._write_checked({"claim_filed_at": self._moment()})

    def _new_claims(self):
        """The claims among these cases that were not filed as claims before."""
        # sudo: the user may lose sight of a case by giving it another type.
        return (
            self.sudo()
            .filtered(lambda case: case.form == "claim" and not case.claim_filed_at)
            .sudo(self.env.su)
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_claim(self):
        claims = self.filtered("claim_filed_at")
        if claims:
            raise UserError(
                self.env._(
                    "%s: a claim is kept. Archive it, and exclude it from the "
                    "indicators if it was a mistake.",
                    claims[0].display_name,
                )
            )
