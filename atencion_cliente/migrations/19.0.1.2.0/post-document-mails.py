def migrate(cr, version):
    """Add the documents that a case waits for to the acknowledgement and the mail of a state.

    An update of the addon does not change the templates of the company, which may have
    edited them. The list is put before the link to the case, if the template still has it.
    """
    link = '<t t-out="object.customer_link"'
    listed = '<t t-out="object.customer_documents"/>' + link
    cr.execute(
        """
        UPDATE mail_template
        SET body_html = (
            SELECT jsonb_object_agg(lang, replace(body, %s, %s))
            FROM jsonb_each_text(body_html) AS bodies (lang, body))
        FROM ir_model_data AS data
        WHERE data.module = 'atencion_cliente'
            AND data.name IN ('mail_template_case_acknowledgement', 'mail_template_case_state')
            AND data.model = 'mail.template'
            AND data.res_id = mail_template.id
            AND body_html::text NOT LIKE '%%customer_documents%%'""",
        (link, listed),
    )
