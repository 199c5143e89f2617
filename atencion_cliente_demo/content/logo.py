"""The logo of the demo company: a house among gardens, and its name."""

import base64
import io

from PIL import Image, ImageDraw, ImageFont

from odoo.tools.misc import file_path

FONT = "web/static/fonts/google/Roboto/Roboto-Bold.ttf"
SIZE = (920, 240)
GREEN, DARK, EARTH = "#3f9142", "#1f4e3d", "#c8743c"


def drawn():
    """The logo as PNG, as Odoo stores pictures."""
    image = Image.new("RGBA", SIZE, (255, 255, 255, 0))
    draw = ImageDraw.Draw(image)
    draw.ellipse((10, 120, 130, 240), fill=GREEN)
    draw.ellipse((150, 100, 270, 240), fill=GREEN)
    draw.polygon(((60, 110), (140, 30), (220, 110)), fill=EARTH)
    draw.rectangle((80, 110, 200, 240), fill=DARK)
    for left in (98, 152):
        draw.rectangle((left, 130, left + 30, 165), fill="white")
    draw.rectangle((125, 185, 155, 240), fill="white")
    draw.text((300, 62), "Los Jardines", font=_font(96), fill=DARK)
    draw.text((304, 168), "INMOBILIARIA", font=_font(40), fill=GREEN)
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return base64.b64encode(buffer.getvalue())


def _font(size):
    return ImageFont.truetype(file_path(FONT), size)
