from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AtencionCaseProperty(models.Model):
    """The property that a case is about: contract, unit, place, block, project, promoter."""

    _inherit = "atencion.case"

    contract_id = fields.Many2one(
        "atencion.contract",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    unit_id = fields.Many2one(
        "atencion.unit",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    place_id = fields.Many2one(
        "atencion.place",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
        help="Where in the unit, or in the common areas, it is.",
    )
    project_id = fields.Many2one(
        "atencion.project",
        compute="_compute_project_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    block_id = fields.Many2one(
        "atencion.block",
        compute="_compute_block_id",
        store=True,
        precompute=True,
        index="btree_not_null",
    )
    promoter_id = fields.Many2one(
        "res.partner",
        compute="_compute_promoter_id",
        store=True,
        precompute=True,
        index="btree_not_null",
    )

    @api.model
    def _get_server_only_fields(self):
        return super()._get_server_only_fields() | {"block_id", "promoter_id"}

    @api.depends("unit_id.project_id", "contract_id.project_id")
    def _compute_project_id(self):
        for case in self:
            case.project_id = (
                case.unit_id.project_id or case.contract_id.project_id or case.project_id
            )

    @api.depends("unit_id.block_id")
    def _compute_block_id(self):
        for case in self:
            case.block_id = case.unit_id.block_id

    @api.depends("project_id.promoter_id")
    def _compute_promoter_id(self):
        for case in self:
            case.promoter_id = case.project_id.promoter_id

    @api.onchange("contract_id")
    def _onchange_contract_id(self):
        if self.contract_id:
            values = self._contract_values(self.contract_id, self.unit_id, self.request_date)
            self.update(values)

    @api.onchange("unit_id")
    def _onchange_unit_id(self):
        if self.unit_id and not self.contract_id:
            self.update(self._unit_values(self.unit_id, self.request_date))

    @api.constrains("contract_id", "unit_id", "project_id")
    def _check_project(self):
        for case in self:
            projects = case.unit_id.project_id | case.contract_id.project_id
            if projects - case.project_id:
                raise ValidationError(
                    self.env._(
                        "%(case)s: its unit and contract belong to project %(project)s. "
                        "Choose that project, or another unit.",
                        case=case.display_name,
                        project=", ".join(projects.mapped("name")),
                    )
                )

    @api.constrains("contract_id", "unit_id")
    def _check_unit(self):
        for case in self.filtered(lambda case: case.contract_id and case.unit_id):
            unit, contract = case.unit_id, case.contract_id
            if unit.kind == "common" and unit.project_id == contract.project_id:
                continue
            if unit not in contract._all_units():
                raise ValidationError(
                    self.env._(
                        "Unit %(unit)s is not in contract %(contract)s. Choose one of "
                        "its units, a common area, or another contract.",
                        unit=unit.display_name,
                        contract=contract.name,
                    )
                )

    @api.model
    def _contract_values(self, contract, unit, day):
        """The values that a chosen contract fills: the holder, and the unit if it has only one.

        :param unit: the unit of the case; it is cleared if it is not in the contract
        :param datetime.date day: of the request; None for today
        :rtype: dict
        """
        values = self._holder_values(contract, day)
        if len(contract.unit_ids) == 1:
            values["unit_id"] = contract.unit_ids.id
        elif unit and unit not in contract.unit_ids and unit.kind != "common":
            values["unit_id"] = False
        return values

    @api.model
    def _unit_values(self, unit, day):
        """The values that a chosen unit fills: its current contract and the holder of it.

        :param datetime.date day: of the request; None for today
        :rtype: dict
        """
        contract = unit.current_contract_id
        if not contract:
            return {}
        return {"contract_id": contract.id} | self._holder_values(contract, day)

    @api.model
    def _holder_values(self, contract, day):
        """The holder that a contract fills; nothing if the contract has no holder.

        :param datetime.date day: of the request; None for today
        :rtype: dict
        """
        partner = contract._holders_on(day)[:1].partner_id
        return {"partner_id": partner.id} if partner else {}

    @api.model
    def _prepare_create(self, vals_list, carried):
        prepared = super()._prepare_create(vals_list, carried)
        self._prefetch_property(prepared)
        return [self._fill_property(vals) for vals in prepared]

    def _write_client_values(self, vals):
        super()._write_client_values(self._fill_property(vals))

    @api.model
    def _prefetch_property(self, vals_list):
        """Prefetch the records that ``_fill_property`` reads for many new cases."""
        contracts = self.env["atencion.contract"].browse(_ids(vals_list, "contract_id"))
        alone = [vals for vals in vals_list if not vals.get("contract_id")]
        units = self.env["atencion.unit"].browse(_ids(alone, "unit_id"))
        contracts |= units.current_contract_id
        contracts.partner_id.mapped("country_id")
        contracts.unit_ids.mapped("kind")

    def _fill_property(self, vals):
        """Add the holder, unit and contract that follow from a chosen contract or unit.

        Values that are given stay as they are.

        :return: the completed values
        :rtype: dict
        """
        contract = self.env["atencion.contract"].browse(vals.get("contract_id") or ())
        unit = self.env["atencion.unit"].browse(vals.get("unit_id") or ())
        day = self._requested_on(vals, contract.company_id or unit.company_id)
        filled = {}
        if contract:
            filled = self._contract_values(contract, unit or self.unit_id[:1], day)
        elif unit and "contract_id" not in vals and not self.contract_id:
            filled = self._unit_values(unit, day)
        return filled | vals

    def _requested_on(self, vals, company):
        """The day of the request, by the values or else by the case.

        :return: the company's day, None if neither has one
        :rtype: datetime.date | None
        """
        day = fields.Date.to_date(vals.get("request_date"))
        moment = fields.Datetime.to_datetime(vals.get("received_at"))
        if not day and moment and company:
            day = company._day_of(moment)
        return day or self[:1].request_date or None


def _ids(vals_list, name):
    """The distinct ids that the values have in a field."""
    return list({vals[name] for vals in vals_list if vals.get(name)})
