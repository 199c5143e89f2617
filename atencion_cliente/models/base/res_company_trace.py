from odoo import models

# Fields that the system writes.
BOOKKEEPING = frozenset({"atencion_warned_on"})
# How the names of our settings begin.
OURS = ("atencion_", "case_")
# Settings of Odoo's that customer care counts by.
OF_ODOO = frozenset({"resource_calendar_id"})


class ResCompany(models.Model):
    """Changes of the settings of customer care are recorded (``atencion.setting.change``)."""

    _inherit = "res.company"

    def write(self, vals):
        names = self._traced_settings(vals)
        if not names:
            return super().write(vals)
        # A company gets its first calendar when it is created: that changes nothing.
        before = {
            (company, name): text
            for (company, name), text in self._setting_texts(names).items()
            if text or name not in OF_ODOO
        }
        result = super().write(vals)
        if before:
            self.env["atencion.setting.change"]._record(before, self._setting_texts(names))
        return result

    def _traced_settings(self, vals):
        """The names among some values that are stored settings of customer care."""
        return sorted(
            name
            for name in vals.keys() & self._fields.keys()
            if (name.startswith(OURS) or name in OF_ODOO)
            and name not in BOOKKEEPING
            and self._fields[name].store
            and self._fields[name].type != "one2many"
        )

    def _setting_texts(self, names):
        """The settings as texts, by company and name."""
        return {
            (company, name): self._setting_text(company.sudo(), name)
            for company in self
            for name in names
        }

    def _setting_text(self, company, name):
        field = company._fields[name]
        if field.type == "boolean":
            return self.env._("yes") if company[name] else self.env._("no")
        if field.type == "integer":
            return str(company[name])
        if name == "resource_calendar_id" and company[name]:
            # Its zone is that of the company.
            return f"{company[name].name} ({company[name].tz})"
        return str(field.convert_to_export(company[name], company) or "") or False
