from . import (
    atencion_solution_word,
    atencion_synonym,
    atencion_case_category,
    atencion_solution,
    atencion_solution_search,
    atencion_solution_query,
    atencion_solution_revocation,
    atencion_solution_offer,
    atencion_case_solution,
)
