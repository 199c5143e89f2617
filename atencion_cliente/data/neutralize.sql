-- A staging copy mails and escalates nothing, also where somebody starts a scheduled action,
-- or sets up a mail server, by hand. (Odoo stops all scheduled actions and mail servers.)

-- no rule acts, and no deadline is warned of
UPDATE res_company
   SET atencion_escalation_mode = 'off';

-- no customer is told of a case, nor reminded of documents
UPDATE atencion_area
   SET ack_template_id = NULL;
UPDATE atencion_case_stage
   SET customer_template_id = NULL;
UPDATE atencion_case_type
   SET reminder_days = 0;

-- nobody of the areas is told by e-mail
UPDATE atencion_area_notification
   SET notify_email = false;

-- what waits to be sent about our records is not sent
DELETE FROM mail_scheduled_message
 WHERE model LIKE 'atencion.%';
UPDATE mail_mail
   SET state = 'cancel'
  FROM mail_message
 WHERE mail_message.id = mail_mail.mail_message_id
   AND mail_message.model LIKE 'atencion.%'
   AND mail_mail.state = 'outgoing';
