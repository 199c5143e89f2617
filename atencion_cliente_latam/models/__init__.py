from . import atencion_case, l10n_latam_identification_type, res_partner
