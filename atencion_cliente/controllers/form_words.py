from odoo.http import request


def words(code, name=""):
    """What a customer reads of what is wrong in their form.

    :param str code: of ``tools.customer_form`` or ``tools.uploaded_file``
    :param str name: of a file
    """
    say = request.env._
    return {
        # Of a field
        "missing": say("This is missing."),
        "too_long": say("This is too long. Shorten it, or attach it as a file."),
        "no_name": say("Write your first and last name."),
        "no_email": say("This is no e-mail address. Write it as name@example.com."),
        "no_contact": say("Write your e-mail or your telephone: we answer you there."),
        "not_offered": say("Choose one of the list."),
        "too_many": say("This is too many for one form. Send the rest in another one."),
        # Of a file
        "empty": say("“%s” is empty. Choose it again.", name),
        "too_large": say("“%s” is too large: 25 MB at most.", name),
        "kind": say("“%s” cannot be taken: send photographs, PDF, Word, Excel or MP4.", name),
        "macros": say("“%s” contains macros. Save it as PDF and send that.", name),
        "day_full": say("These files are too many for one day. Send the rest tomorrow."),
        # Of the whole form
        "bait": say("It was not sent yet. Look through it, and press “Send” once more."),
        "fast": say("It was not sent yet. Look through it, and press “Send” once more."),
        "old": say("This page was open for a long time. Press “Send” once more."),
        "too_often": say(
            "We have received several forms from here already, and take no more for now. Call us "
            "or write to us: see below."
        ),
        "captcha": say(
            "We could not see that a person sends this. Call us or write to us: see below."
        ),
        "failed": say(
            "We could not register it, and nothing was saved. Call us or write to us: see below."
        ),
    }[code]
