import ast
from pathlib import Path

from odoo.modules import get_module_path
from odoo.tests import TransactionCase, tagged

from . import test_outgoing_kinds as kinds

# Methods of Odoo and of ours that send mail, or may send it.
SENDING_CALLS = {
    "_message_auto_subscribe_notify",
    "_notify_thread",
    "_open_composer",
    "_queue_lines",
    "_queue_notices",
    "_send_invitation_emails",
    "_send_mail_to_attendees",
    "_write_to_customers",
    "activity_schedule",
    "message_mail_with_source",
    "message_notify",
    "message_post",
    "message_post_with_source",
    "rating_send_request",
    "send_mail",
    "send_mail_batch",
}
SENDING_MODELS = {
    "calendar.event",
    "mail.activity",
    "mail.compose.message",
    "mail.mail",
    "mail.message",
    "mail.notification",
    "mail.scheduled.message",
    "portal.share",
    "rating.rating",
    "sms.sms",
}
# Every place of the addons that may send mail: a function and what it calls, with the test
# of ``test_outgoing_kinds`` that answers that mail. ``READS`` marks places that only read,
# or stop mail that is waiting. A new place needs a test.
READS = ""
PLACES = {
    ("_as_of_user", "mail.message"): READS,
    ("_ask_administrator", "mail.activity"): "test_to_dos_about_received_mails",
    ("_ask_customers", "_write_to_customers"): "test_mail_to_customers",
    ("_ask_to_call_back", "activity_schedule"): "test_to_dos_about_mails_send_no_mail",
    ("_asked_closings", "rating.rating"): READS,
    ("_compute_rating_history", "rating.rating"): READS,
    ("_asked_lately", "rating.rating"): READS,
    ("_request_ratings", "rating.rating"): "test_request_for_a_rating",
    ("_named_sql", "mail.message"): READS,
    ("_numbered_delivery", "mail.message"): READS,
    ("_past", "mail.message"): READS,
    ("_tell_manager", "activity_schedule"): "test_to_dos_about_received_mails",
    ("_try", "mail.mail"): READS,
    ("_write_of_left_out", "message_post"): "test_files_that_were_left_out",
    ("_continue", "_queue_notices"): "test_notices_in_the_inbox",
    ("_refuse_forged", "mail.message"): READS,
    ("_routes_to_cases", "mail.message"): READS,
    ("create", "mail.message"): READS,
    ("rating_apply", "rating.rating"): READS,
    ("write", "mail.message"): READS,
    ("_first_rewritten", "calendar.event"): READS,
    ("_overview_visits", "calendar.event"): READS,
    ("_visits_for_customer", "calendar.event"): READS,
    ("_hand_over_activities", "mail.activity"): "test_activity",
    ("_hear", "_queue_notices"): "test_message_of_the_customer",
    ("_heard", "mail.notification"): READS,
    ("_hide_in_chats", "mail.message"): READS,
    ("_message_auto_subscribe_notify", "_queue_notices"): "test_assignment",
    ("_refuse_correspondence", "mail.message"): READS,
    ("_refuse_evidence", "mail.message"): READS,
    ("_release_from", "_queue_notices"): "test_notices_in_the_inbox",
    ("_send_to_chats", "message_post"): "test_chats_of_notices_send_no_mail",
    ("_text_wrote", "mail.message"): READS,
    ("_automatic_tasks", "mail.activity"): READS,
    ("_create_tasks", "mail.activity"): "test_to_dos_of_notices_send_no_mail",
    ("_enforce_confidentiality", "calendar.event"): READS,
    ("_launch_activity_plan", "mail.activity"): "test_to_dos_of_plans_send_no_mail",
    ("_mail_parent", "mail.message"): READS,
    ("_messages_before", "mail.message"): READS,
    ("_merge_notifications", "mail.notification"): READS,
    ("_move_by", "_queue_notices"): "test_notices_by_mail",
    ("_new_event", "calendar.event"): "test_invitation_to_an_event",
    ("_notify_area", "_queue_lines"): "test_area_with_a_recipient_of_new_cases",
    ("_notify_move", "_queue_notices"): "test_notices_by_mail",
    ("_notify_or_fall_back", "_queue_notices"): "test_notices_by_mail",
    ("_notify_thread_with_out_of_office", "mail.message"): READS,
    ("_open_composer", "mail.compose.message"): "test_composed_mail",
    ("_open_tasks", "mail.activity"): READS,
    ("_plan_to_call_back", "mail.activity"): "test_activity",
    ("_prepare_mail_values", "mail.message"): READS,
    ("_queue_notices", "_queue_lines"): "test_notices_by_mail",
    ("_publish_mails", "_notify_thread"): "test_mail_of_somebody_else_once_accepted",
    ("_readable_sql", "calendar.event"): READS,
    ("_send_document_reminder", "_write_to_customers"): "test_mail_to_customers",
    ("_put_into_mail_queue", "mail.mail"): "test_notices_by_mail",
    ("_send_customer_mails", "_write_to_customers"): "test_mail_to_customers",
    ("_send_messages", "mail.message"): "test_notices_in_the_inbox",
    ("_send_messages", "mail.notification"): "test_notices_in_the_inbox",
    ("_show_in_inboxes", "mail.message"): READS,
    ("_stop_messages", "mail.mail"): READS,
    ("_stop_messages", "mail.notification"): READS,
    ("_write_to", "send_mail_batch"): "test_mail_to_customers",
    ("_add_deliveries", "mail.notification"): READS,
    ("_ask_to_mend", "activity_schedule"): "test_to_dos_about_mails_send_no_mail",
    ("_ask_to_mend", "mail.activity"): READS,
    ("_give_delivery_task", "activity_schedule"): "test_to_dos_about_mails_send_no_mail",
    ("_mail_of_message", "mail.mail"): "test_mail_that_is_sent_again",
    ("_message_receive_bounce", "mail.message"): READS,
    ("_reported_delivery", "mail.message"): READS,
    ("_tell_administrators", "activity_schedule"): "test_to_dos_about_mails_send_no_mail",
    ("action_request_documents", "_open_composer"): "test_composed_mail",
    ("_rating_address", "rating.rating"): READS,
    ("_say_as_customer", "mail.compose.message"): READS,
    ("_say_as_customer", "message_post"): "test_act_of_the_customer",
    ("_send", "_open_composer"): "test_composed_mail",
    ("_send", "mail.compose.message"): "test_composed_mail",
    ("action_send_email", "_open_composer"): "test_composed_mail",
    ("action_write_to_third_party", "mail.compose.message"): "test_mail_to_a_third_party",
}


@tagged("post_install", "-at_install")
class TestOutgoingPlaces(TransactionCase):
    """``test_outgoing_kinds`` covers every place of our addons that sends mail."""

    def addons(self):
        """The installed addons of the product."""
        names = self.env["ir.module.module"].search(
            [("name", "=like", "atencion\\_cliente%"), ("state", "=", "installed")]
        )
        return names.mapped("name")

    def test_every_template_is_answered(self):
        data = self.env["ir.model.data"].search(
            [("model", "=", "mail.template"), ("module", "in", self.addons())]
        )
        known = {*kinds.TO_CUSTOMERS, *kinds.COMPOSED, *kinds.OTHER_TEMPLATES}
        self.assertEqual(set(data.mapped("name")), known)

    def test_no_subtype_of_ours_decides_who_reads(self):
        data = self.env["ir.model.data"].search(
            [("model", "=", "mail.message.subtype"), ("module", "in", self.addons())]
        )
        self.assertFalse(data.mapped("name"))

    def test_every_place_that_sends_is_answered(self):
        found = {place for addon in self.addons() for place in sending_places(addon)}
        self.assertEqual(found, set(PLACES))
        for answered in PLACES.values():
            self.assertTrue(
                answered == READS or hasattr(kinds.TestOutgoingKinds, answered), answered
            )


def sending_places(addon):
    """The places of an addon that send mail: pairs of a function and what it calls."""
    folder = Path(get_module_path(addon))
    for path in folder.rglob("*.py"):
        if path.relative_to(folder).parts[0] in ("tests", "migrations"):
            continue
        for function in ast.walk(ast.parse(path.read_text())):
            if isinstance(function, ast.FunctionDef):
                for node in ast.walk(function):
                    if name := sent_by_node(node):
                        yield function.name, name


def sent_by_node(node):
    """The name of what sends mail in a node of the syntax tree, or None."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        name = node.func.attr
        # A call of ``super()`` sends nothing that Odoo does not send by itself.
        extends = isinstance(node.func.value, ast.Call) and ast.unparse(node.func.value).startswith(
            "super("
        )
        return name if name in SENDING_CALLS and not extends else None
    if isinstance(node, ast.Constant) and node.value in SENDING_MODELS:
        return node.value
    return None
