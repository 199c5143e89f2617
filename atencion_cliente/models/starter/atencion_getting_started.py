from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import config

from ..base.public_method import public
from .atencion_case import HELP
from .getting_started_steps import STEPS, TO_VERIFY, found_facts, holidays

ADMINISTRATORS = "atencion_cliente.group_manager"
AREAS = "atencion_cliente.atencion_area_action"
# What each step that is done opens; by its name, the client reads the action.
LISTS = {
    "areas": AREAS,
    "types": "atencion_cliente.atencion_case_type_action",
    "people": AREAS,
    "portfolio": "atencion_cliente.atencion_contract_action",
    "case": "atencion_cliente.atencion_case_action",
}
CONTACTS = "contacts.action_contacts"
# Where Odoo sends mails if nobody says where.
LOCAL_MAIL = ("", "localhost")
# What is imported, in this order: the fact that there is some, the model, its list.
PORTFOLIO = (
    ("project", "atencion.project", "atencion_cliente.atencion_project_action"),
    ("block", "atencion.block", "atencion_cliente.atencion_block_action"),
    ("unit", "atencion.unit", "atencion_cliente.atencion_unit_action"),
    ("holder", "res.partner", CONTACTS),
    ("contract", "atencion.contract", "atencion_cliente.atencion_contract_action"),
)
# Many buildings are not divided into blocks.
OPTIONAL = {"block"}


class AtencionGettingStarted(models.AbstractModel):
    """The page “Getting started”: the way of an administrator to the first case.

    Its steps are done when the company has what they are about, whoever made it and how:
    ``getting_started_steps.py`` says what counts. Odoo's addon ``onboarding`` is not used: its
    steps are done when somebody clicks, and its panels were taken out of the lists.
    """

    _name = "atencion.getting.started"
    _description = "Getting started with customer care"

    @api.model
    @public()
    def get_progress(self):
        """What the page shows of the current company: administrators."""
        self._check_administrator()
        # sudo: its name, and whether the page is closed, without asking for rights on companies.
        company = self.env.company.sudo()
        has = found_facts(company)
        done = {key: all(map(has.get, step.needs)) for key, step in STEPS.items()}
        next_key = next((key for key, is_done in done.items() if not is_done), None)
        count = sum(done.values())
        is_empty = not (has["any_setting"] or has["case"])
        return {
            "company": company.name,
            "steps": [
                self._shown_step(key, has, is_done) | {"is_next": key == next_key}
                for key, is_done in done.items()
            ],
            "progress": self.env._("%(done)s of %(total)s", done=count, total=len(done)),
            "share": round(100 * count / len(done)),
            "lacks": self.env["atencion.case"]._incomplete_company_texts(),
            "company_link": self._company_link(),
            "mail_lack": not has["mail_server"] and self._mail_lack(),
            "is_complete": not next_key,
            "is_closed": company.atencion_getting_started_closed,
            "example": "loaded" if has["example"] else "offered" if is_empty else False,
        }

    @api.model
    @public()
    def action_close(self):
        """Lead nobody of the company here any more; the menu goes on to: administrators."""
        self._set_closed(True)

    @api.model
    @public()
    def action_propose(self):
        """Lead administrators of the company here again, as before it was closed."""
        self._set_closed(False)

    @api.model
    def _set_closed(self, is_closed):
        self._check_administrator()
        # sudo: administrators of customer care have no rights on companies.
        self.env.company.sudo().atencion_getting_started_closed = is_closed

    @api.model
    def _is_proposed(self):
        """Whether the empty list of cases leads the user here."""
        return (
            self.env.user.has_group(ADMINISTRATORS)
            and not self.env.company.atencion_getting_started_closed
        )

    @api.model
    def _check_administrator(self):
        if not self.env.user.has_group(ADMINISTRATORS):
            raise AccessError(
                self.env._("Administrators of Customer Care set up the service. Ask one of them.")
            )

    # -------------------------------------------------------------------------
    # Steps
    # -------------------------------------------------------------------------

    @api.model
    def _shown_step(self, key, has, is_done):
        step = STEPS[key]
        if is_done:
            label, action = self.env._(step.look), LISTS.get(key) or self._holidays()
        else:
            label, action = self._begin(key, has)
        return {
            "key": key,
            "title": self.env._(step.title),
            "reason": self.env._(step.reason),
            "is_done": is_done,
            "label": label,
            "action": action,
            "links": self._links(key, has),
            "note": self._note(key) or "",
        }

    @api.model
    def _begin(self, key, has):
        """The button of a step that is not done: its label, and what it opens."""
        if key == "portfolio":
            model = self._import_next(has)
            label = self.env._("Import: %s", self.env[model]._import_title())
            return label, self._import(label, model)
        if key == "hours":
            return self._enter_holidays() if has["zone"] else self._set_hours()
        label = self.env._(STEPS[key].begin)
        return label, {
            "areas": self._form(label, "atencion.area"),
            # Its days are what the step is about.
            "types": self._form(label, "atencion.case.type", default_has_limit=True),
            "people": AREAS,
            "case": self._form(label, "atencion.case", target="current"),
        }[key]

    @api.model
    def _enter_holidays(self):
        return self.env._("Enter holidays"), self._holidays()

    @api.model
    def _set_hours(self):
        label = self.env._("Set hours and time zone")
        calendar_id = self._calendar_id()
        if not calendar_id:
            return label, "atencion_cliente.res_config_settings_action"
        action = self._form(label, "resource.calendar", target="current")
        return label, action | {"res_id": calendar_id}

    @api.model
    def _import_next(self, has):
        """The model of which there is nothing yet, in the order of an import."""
        return next(model for fact, model, _ in PORTFOLIO if not (has[fact] or fact in OPTIONAL))

    @api.model
    def _links(self, key, has):
        """What else belongs to a step: labels, what they open, whether there is any."""
        if key == "portfolio":
            links = [
                {"label": self.env[model]._import_title(), "action": action, "is_done": has[fact]}
                for fact, model, action in PORTFOLIO
            ]
            return links + (self._verify_links() if has["to_verify"] else [])
        if key == "hours":
            label, action = self._set_hours() if has["zone"] else self._enter_holidays()
            return [{"label": label, "action": action}]
        if key == "people" and self._administers_odoo():
            groups = ("base.group_user", "atencion_cliente.group_user")
            context = {"default_group_ids": [self.env.ref(group).id for group in groups]}
            label = self.env._("Create users")
            return [{"label": label, "action": "base.action_res_users", "context": context}]
        return []

    @api.model
    def _verify_links(self):
        """The contacts whose identity numbers wait for a person: how many the user may see."""
        count = self.env["res.partner"].search_count(TO_VERIFY)
        label = self.env._("Numbers to verify: %s", count)
        context = {"search_default_identity_to_verify": 1}
        return [{"label": label, "action": CONTACTS, "context": context}] if count else []

    @api.model
    def _mail_lack(self):
        """What to do where nobody has said by which server mails leave: who may enter one."""
        host = config["smtp_server"] or ""
        if host not in LOCAL_MAIL or not self.env.user.has_group("base.group_system"):
            return False
        return {
            "text": self.env._(
                "No outgoing mail server is entered: mails go to “%s”, and perhaps no further. "
                "Enter the server that sends them, and test it.",
                host or LOCAL_MAIL[1],
            ),
            "label": self.env._("Outgoing mail servers"),
            "action": "base.action_ir_mail_server_list",
        }

    @api.model
    def _company_link(self):
        """Where the administrators of Odoo enter what the company lacks; others ask them."""
        if not self._administers_odoo():
            return False
        label = self.env._("Data of the company")
        action = self._form(label, "res.company", target="current")
        return {"label": label, "action": action | {"res_id": self.env.company.id}}

    @api.model
    def _note(self, key):
        """Whom to ask for what administrators of customer care may not do."""
        if self._administers_odoo():
            return None
        return {
            "hours": self.env._("An administrator of Odoo enters holidays and hours."),
            "people": self.env._("An administrator of Odoo creates users."),
        }.get(key)

    @api.model
    def _administers_odoo(self):
        return self.env.user.has_group("base.group_erp_manager")

    # -------------------------------------------------------------------------
    # Actions
    # -------------------------------------------------------------------------

    @api.model
    def _form(self, name, model, target="new", **context):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "views": [(False, "form")],
            "target": target,
            "context": context,
        }

    @api.model
    def _import(self, name, model):
        return {
            "type": "ir.actions.client",
            "tag": "import",
            "name": name,
            "params": {"active_model": model, "context": {}},
        }

    @api.model
    def _calendar_id(self):
        return self.env.company._counting_facts()[0]

    @api.model
    def _holidays(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Holidays"),
            "res_model": "resource.calendar.leaves",
            "views": [(False, "list"), (False, "form")],
            "domain": list(holidays(self.env.company)),
            "context": {"default_calendar_id": self._calendar_id()},
            "help": HELP
            % (
                self.env._("No holidays yet"),
                self.env._("Enter the days on which the company does not work: they do not count."),
            ),
        }
