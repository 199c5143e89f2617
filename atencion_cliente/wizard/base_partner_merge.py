from odoo import api, models

# Prefix of the names of this addon's models.
MODEL_PREFIX = "atencion."
# The models of the people in contracts.
PEOPLE_OF_CONTRACTS = ("atencion.contract.holder", "atencion.representative")


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Keeps the data of this addon correct when Odoo merges contacts.

    Odoo replaces merged contacts by SQL in all tables. It deletes a row if the contact that
    stays has an equal row, and it does not recompute stored fields. The methods use ``sudo``
    because Odoo's SQL does not check access rights either.
    """

    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        for model in PEOPLE_OF_CONTRACTS:
            self.env[model]._merge_partners(src_partners, dst_partner)
        self._merge_followers(src_partners, dst_partner)
        self._merge_notifications(src_partners, dst_partner)
        self._merge_openings(src_partners | dst_partner)
        moved = self._records_with(src_partners)
        result = super()._update_foreign_keys(src_partners, dst_partner)
        kept = self.env.registry["atencion.shown.setting"]
        for records, name in moved:
            records.modified([name])
            if isinstance(records, kept):
                records._forget_kept()
        return result

    @api.model
    def _merge_followers(self, src_partners, dst_partner):
        """Merge the follower rows of each record into one, with the subtypes of all of them."""
        followers = (
            self.env["mail.followers"]
            .sudo()
            .search(
                [
                    ("partner_id", "in", (src_partners | dst_partner).ids),
                    ("res_model", "=like", f"{MODEL_PREFIX}%"),
                ]
            )
        )
        for rows in followers.grouped(lambda row: (row.res_model, row.res_id)).values():
            kept = self._keep_one(rows, "partner_id", dst_partner)
            if rows != kept:
                kept.subtype_ids |= (rows - kept).subtype_ids
                kept.atencion_by_notice = all(rows.mapped("atencion_by_notice"))
                (rows - kept).unlink()
        followers.exists()._reassign_to(dst_partner)

    @api.model
    def _merge_notifications(self, src_partners, dst_partner):
        """Keep one notification per message for the contact that stays."""
        notifications = (
            self.env["mail.notification"]
            .sudo()
            .search(
                [
                    ("res_partner_id", "in", (src_partners | dst_partner).ids),
                    ("mail_message_id.model", "=like", f"{MODEL_PREFIX}%"),
                ]
            )
        )
        for rows in notifications.grouped("mail_message_id").values():
            kept = self._keep_one(rows, "res_partner_id", dst_partner)
            (rows - kept).unlink()
        notifications.exists().res_partner_id = dst_partner

    @api.model
    def _merge_openings(self, partners):
        """Keep the first entry per day of the access log of each confidential case."""
        openings = self.env["atencion.case.access"].sudo()
        openings = openings.search([("partner_id", "in", partners.ids)], order="opened_at, id")
        for rows in openings.grouped(lambda row: (row.case_id, row.day, row.user_id)).values():
            rows[1:].unlink()

    @api.model
    def _keep_one(self, rows, field_name, dst_partner):
        """The row to keep: that of the contact that stays if there is one, else the oldest."""
        return rows.sorted(lambda row: (row[field_name] != dst_partner, row.id))[:1]

    @api.model
    def _records_with(self, partners):
        """The records of this addon that name any of the contacts.

        :return: pairs of records and the name of their field
        """
        found = []
        for field in self._fields_to_partners():
            model = self.env[field.model_name].sudo().with_context(active_test=False)
            records = model.search([(field.name, "in", partners.ids)], order="id")
            if records:
                found.append((records, field.name))
        return found

    @api.model
    def _fields_to_partners(self):
        """The stored many2one fields to contacts of this addon's models."""
        return [
            field
            for name, model in self.env.items()
            if name.startswith(MODEL_PREFIX) and model._auto and not model._transient
            for field in model._fields.values()
            if field.type == "many2one" and field.comodel_name == "res.partner" and field.store
        ]

    @api.model
    def _update_values(self, src_partners, dst_partner):
        if self._is_in_contract(dst_partner):
            self._leave_companies(src_partners, dst_partner)
        # Odoo keeps the company of the contact that stays, or else of the last merged one.
        limited = (src_partners | dst_partner).filtered("company_id").sudo()
        if limited and self._companies_that_name(dst_partner) - limited[-1:].company_id:
            # Without a company, all companies whose records name the contact can read it.
            limited.company_id = False
        # A proposal goes with its number, which Odoo takes from any of the contacts.
        proposed = (src_partners | dst_partner).filtered("identity_proposal")
        numbers = proposed.mapped("vat")
        proposed._keep_proposal(False)
        result = super()._update_values(src_partners, dst_partner)
        if dst_partner.vat in numbers:
            dst_partner._propose_identities()
        return result

    @api.model
    def _is_in_contract(self, partner):
        """Whether a contact holds property or represents who does, or is about to."""
        return any(self.env[model]._exists_for(partner) for model in PEOPLE_OF_CONTRACTS)

    @api.model
    def _leave_companies(self, src_partners, dst_partner):
        """Remove merged contacts from their companies.

        A person of a contract has no parent company, because Odoo would replace their identity
        number by that of the company.
        """
        for contact in src_partners.filtered("parent_id").sudo():
            company = contact.parent_id
            dst_partner._message_log(
                body=self.env._(
                    "%(person)s, who was merged, was a contact of %(company)s.",
                    person=contact.name,
                    company=company.name,
                )
            )
            copied = contact.vat and contact.vat == company.vat
            contact.write({"parent_id": False} | ({"vat": False} if copied else {}))

    @api.model
    def _companies_that_name(self, partner):
        """The companies with a record of this addon that names the contact."""
        companies = self.env["res.company"]
        for field in self._fields_to_partners():
            model = self.env[field.model_name].sudo().with_context(active_test=False)
            if "company_id" in model._fields:
                groups = model._read_group([(field.name, "=", partner.id)], ["company_id"])
                companies = companies.union(*(company for [company] in groups))
        return companies

    def _log_merge_operation(self, src_partners, dst_partner):
        """Also log the identity numbers of the merged contacts, which are lost otherwise."""
        result = super()._log_merge_operation(src_partners, dst_partner)
        numbers = src_partners.filtered("identity_normalized").grouped("identity_normalized")
        numbers.pop(dst_partner.identity_normalized, None)
        if numbers and self._records_with(dst_partner):
            dst_partner._message_log(
                body=self.env._(
                    "Identity numbers of the merged contacts: %s.",
                    ", ".join(partners[0].vat for partners in numbers.values()),
                )
            )
        return result
