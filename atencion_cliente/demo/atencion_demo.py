from odoo import api, models

