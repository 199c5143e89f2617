from . import website_menu
