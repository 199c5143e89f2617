from . import atencion_case_type_deadline
from . import atencion_case_customer_list
from . import atencion_case_customer_page
from . import atencion_case_customer_events
