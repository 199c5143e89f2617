"""Lets the job run that files received mails again, as if the pause was over."""

env.cr.execute("UPDATE atencion_incoming_mail SET next_attempt_at = now() WHERE outcome = 'open'")
env["atencion.incoming.mail"]._cron_file_again()
env.cr.commit()
