"""The fields that letters may print, by model.

A letter goes to a customer. The author of its template may read more than the customer, or
than the agent who prints the letter. So a letter prints only the fields listed here, the
fields that other addons add in ``atencion.document.template._letter_fields``, the fields that
a company adds to these models itself, and the name of each record. Other models cannot be
reached.
"""

PRINTED: dict[str, frozenset[str]] = {
    model: frozenset(names.split()) | {"display_name"}
    for model, names in {
        "atencion.case": """
            name sheet_number external_ref origin_id company_id subject description type_id form
            category_id priority source_id partner_id requester_id requester_name
            requester_firstname requester_lastname requester_function requester_phone
            requester_phone2 requester_email requester_identity requester_relation
            addressee_id addressee_name addressee_lang contract_id unit_id block_id project_id
            place_id promoter_id area_id user_id legal_user_id stage_id is_closed is_confidential
            customer_stage reopen_count received_at request_date expected_date deadline_date
            deadline_at attention_date attended_at closed_at has_limit limit_days limit_hours
            count_mode elapsed_days delay_days delay_hours alert_state alert_label response
            resolution customer_comment customer_response
            claim_type_id good_type good_description provider_statement request_type_id
            request_detail_id missing_document_count missing_document_names
            requested_documents customer_documents letter_date letter_property letter_holders
            letter_identity letter_missing_documents warranty_element_id warranty_state
            warranty_start warranty_start_event warranty_end warranty_duration warranty_unit
            """,
        "atencion.area": "name code company_id manager_id",
        "atencion.block": "name complete_name company_id parent_id project_id",
        "atencion.case.category": "name complete_name parent_id",
        "atencion.case.stage": "name code customer_label is_closed outcome",
        "atencion.case.type": """
            name code form has_limit limit_unit max_days max_hours count_mode area_id""",
        "atencion.claim.type": "name",
        "atencion.contract": """
            name quotation_number company_id project_id partner_id state sale_date
            registration_date handover_date
            """,
        "atencion.place": "name",
        "atencion.project": """
            name code company_id promoter_id city country_id reception_date trust_reference
            """,
        "atencion.request.detail": "name",
        "atencion.request.type": "name",
        "atencion.source": "name",
        "atencion.unit": """
            name code company_id project_id block_id kind floor area_m2 main_unit_id
            current_contract_id owner_id
            """,
        "atencion.warranty.element": "name",
        "l10n_latam.identification.type": "name",
        "res.company": """
            name vat company_registry phone email email_formatted website street street2 city
            zip state_id country_id country_code currency_id partner_id
            """,
        "res.country": "name code vat_label phone_code",
        "res.country.state": "name code country_id",
        "res.currency": "name symbol",
        "res.partner": """
            name complete_name function is_company company_name commercial_company_name
            parent_id parent_name commercial_partner_id ref vat vat_label company_registry
            phone email email_normalized email_formatted website street street2 city zip
            state_id country_id country_code contact_address contact_address_inline lang tz
            """,
        # Without ``partner_id``: the contact of a user has their private address and documents.
        "res.users": "name email email_formatted phone function signature lang tz",
    }.items()
}
