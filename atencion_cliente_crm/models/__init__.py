from . import atencion_case, crm_lead
