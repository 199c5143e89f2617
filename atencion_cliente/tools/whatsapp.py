"""Links that open a chat of WhatsApp."""


def chat_link(digits: str) -> str:
    """The link that opens a chat with a number.

    :param digits: international, without ``+``

    >>> chat_link("51987654321")
    'https://wa.me/51987654321'
    """
    return f"https://wa.me/{digits}"
