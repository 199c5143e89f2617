"""Whether a color can be read on white, as WCAG 2.2 measures it.

Colors are texts such as ``#1f5c8b``.
"""

import re

HEX = re.compile(r"#[0-9a-fA-F]{6}")
# What WCAG asks of text of ordinary size (1.4.3).
READABLE = 4.5


def contrast_with_white(color: str) -> float:
    """The contrast of a color with white: from 1, which nobody sees, to 21, which is black.

    >>> contrast_with_white("#ffffff"), contrast_with_white("#000000")
    (1.0, 21.0)
    >>> round(contrast_with_white("#777777"), 2)
    4.48
    """
    channels = (int(color[start : start + 2], 16) / 255 for start in (1, 3, 5))
    shares = (0.2126, 0.7152, 0.0722)
    luminance = sum(share * _linear(part) for share, part in zip(shares, channels, strict=True))
    return 1.05 / (luminance + 0.05)


def readable_color(color: str | None, otherwise: str) -> str:
    """The color, if text of it can be read on white, and white text on it; else another one.

    >>> readable_color("#714B67", "#1f5c8b"), readable_color("#ffcc00", "#1f5c8b")
    ('#714B67', '#1f5c8b')
    >>> readable_color("red; x: y", "#1f5c8b"), readable_color(None, "#1f5c8b")
    ('#1f5c8b', '#1f5c8b')
    """
    if color and HEX.fullmatch(color) and contrast_with_white(color) >= READABLE:
        return color
    return otherwise


def _linear(channel):
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
