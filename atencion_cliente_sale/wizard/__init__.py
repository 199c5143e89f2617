from . import sale_mass_cancel_orders
