from . import (
    atencion_starter,
    atencion_case,
    res_config_settings,
)
