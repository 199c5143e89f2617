from . import atencion_unit_case_report
