from . import atencion_case_stage_change
