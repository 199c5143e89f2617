"""A case, linked to what each bridge that is there connects it to."""

area = env["atencion.area"].create({"name": "Repairs"})
case_type = env["atencion.case.type"].create({"name": "Leak", "area_id": area.id})
case = env["atencion.case"].create({"subject": "A leak", "type_id": case_type.id})
if "lead_id" in case:
    case.lead_id = env["crm.lead"].create({"name": "A lead"})
if "requester_identification_type_id" in case:
    cedula = env.ref("atencion_cliente_latam.it_cedula")
    case.requester_identification_type_id = cedula
    env["res.partner"].create(
        {"name": "Ana", "vat": "V-12345678", "l10n_latam_identification_type_id": cedula.id}
    )
env.cr.commit()
