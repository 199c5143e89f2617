from . import (
    atencion_starter,
    atencion_getting_started,
    atencion_case,
    res_company,
    res_config_settings,
)
