-- A neutralized copy sends no mail and escalates nothing, even if somebody starts a scheduled
-- action or sets up a mail server by hand. (Odoo stops all scheduled actions and mail servers.)

-- no rule acts, and no warning of a deadline is sent
UPDATE res_company
   SET atencion_escalation_mode = 'off';

-- no customer gets a mail about a case, a reminder of documents or a question how it was
UPDATE atencion_area
   SET ack_template_id = NULL;
UPDATE atencion_case_stage
   SET customer_template_id = NULL;
UPDATE atencion_case_type
   SET reminder_days = 0, ask_rating = false;

-- areas notify nobody by e-mail
UPDATE atencion_area_notification
   SET notify_email = false;

-- pending mails about records of this addon are not sent
DELETE FROM mail_scheduled_message
 WHERE model LIKE 'atencion.%';
UPDATE mail_mail
   SET state = 'cancel'
  FROM mail_message
 WHERE mail_message.id = mail_mail.mail_message_id
   AND mail_message.model LIKE 'atencion.%'
   AND mail_mail.state = 'outgoing';
