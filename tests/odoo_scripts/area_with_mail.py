"""An area with an address, a case of a customer, and a mailbox: POP3 at the port in PORT.

Writes into the file in PIPE where the program is that mail servers pipe mails to.
"""

import os
from pathlib import Path

from odoo.tools.misc import file_path

company = env.company
company.alias_domain_id = env["mail.alias.domain"].create({"name": "homes.example"})
case_type = env["atencion.case.type"].create({"name": "Repair", "company_id": company.id})
area = env["atencion.area"].create(
    {"name": "Repairs", "mail_type_id": case_type.id, "alias_name": "postventa"}
)
customer = env["res.partner"].create({"name": "Rosa", "email": "rosa@example.com"})
case = env["atencion.case"].create(
    {
        "subject": "Leak",
        "type_id": case_type.id,
        "area_id": area.id,
        "requester_id": customer.id,
    }
)
message = case.message_post(body="We come", message_type="comment", subtype_xmlid="mail.mt_comment")
env.cr.execute(
    "UPDATE mail_message SET message_id = %s WHERE id = %s", ["<sent@homes.example>", message.id]
)
env["fetchmail.server"].create(
    {
        "name": "Mailbox",
        "server_type": "pop",
        "server": "127.0.0.1",
        "port": int(os.environ["PORT"]),
        "user": "postventa",
        "password": "x",
        "state": "done",
    }
)
Path(os.environ["PIPE"]).write_text(file_path("mail/static/scripts/odoo-mailgate.py"))
env.cr.commit()
