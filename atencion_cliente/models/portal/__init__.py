from . import res_company_portal, res_company_look
