"""Cases that an agent closed two days ago, each of another customer, who is to be asked."""

import os

company = env.company
area = env["atencion.area"].create({"name": "Repairs", "company_id": company.id})
kind = env["atencion.case.type"].create(
    {"name": "Leak", "area_id": area.id, "company_id": company.id}
)
closed = env["atencion.case.stage"].search([("code", "=", "CLO")])
cases = env["atencion.case"].create(
    [
        {
            "subject": "Water under the sink",
            "type_id": kind.id,
            "company_id": company.id,
            "requester_email": f"customer{number}@example.com",
            "resolution": "<p>Seal changed</p>",
        }
        for number in range(int(os.environ["CASES"]))
    ]
)
cases.write({"stage_id": closed.id, "stage_note": "Done"})
env.cr.commit()
env.cr.execute("UPDATE atencion_case SET closed_at = closed_at - interval '2 days'")
env.cr.execute("DELETE FROM mail_mail")
env.cr.commit()
