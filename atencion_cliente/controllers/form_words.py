from odoo.http import request


def words(code):
    """What a customer reads of what is wrong in their form.

    :param str code: of ``tools.customer_form``, or of a form itself
    """
    env = request.env
    return {
        # Of a field
        "missing": env._("This is missing."),
        "too_long": env._("This is too long. Shorten it, or attach it as a file."),
        "no_name": env._("Write your first and last name."),
        "no_email": env._("This is no e-mail address. Write it as name@example.com."),
        "no_contact": env._("Write your e-mail or your telephone: we answer you there."),
        "not_offered": env._("Choose one of the list."),
        "too_many": env._("This is too many for one form. Send the rest in another one."),
        # Of the whole form
        "bait": env._("It was not sent yet. Look through it, and press “Send” once more."),
        "fast": env._("It was not sent yet. Look through it, and press “Send” once more."),
        "old": env._("This page was open for a long time. Press “Send” once more."),
        "too_often": env._(
            "We have received several forms from here already, and take no more for now. Call us "
            "or write to us: see below."
        ),
        "captcha": env._(
            "We could not see that a person sends this. Call us or write to us: see below."
        ),
        "failed": env._(
            "We could not register it, and nothing was saved. Call us or write to us: see below."
        ),
    }[code]
