"""Pictures for the demo's hazards: drawn, so that nobody's house or face is in them."""

import io
from random import Random

from PIL import Image, ImageDraw, ImageFilter


def picture(seed: int, fixed: bool) -> io.BytesIO:
    """A yard with a heap of dry stalks against a wall, or the same yard swept. JPEG, 960 × 720."""
    random = Random(seed)
    image = Image.new("RGB", (960, 720), (188, 202, 214))
    draw = ImageDraw.Draw(image)
    draw.polygon(
        [(0, 300), (240, 170), (520, 290), (760, 150), (960, 270), (960, 380), (0, 380)], fill=(132, 146, 128)
    )
    draw.rectangle((0, 330, 960, 520), fill=(204, 196, 180))
    for x in range(0, 960, 64):
        for row in range(4):
            draw.rectangle(
                (x + (row % 2) * 32, 332 + row * 47, x + 62 + (row % 2) * 32, 376 + row * 47),
                outline=(178, 168, 150),
            )
    draw.rectangle((660, 360, 790, 520), fill=(106, 92, 78))
    draw.rectangle((0, 520, 960, 720), fill=(170, 158, 138))
    if not fixed:
        for _ in range(900):
            x, y = random.gauss(330, 110), 560 - abs(random.gauss(0, 75))
            length, lean = random.uniform(30, 90), random.uniform(-50, 50)
            shade = random.randrange(60)
            draw.line(
                (x, y, x + lean, y - length * 0.4), fill=(196 - shade, 168 - shade, 96 - shade // 2), width=3
            )
    else:
        for _ in range(120):
            x, y = random.uniform(0, 960), random.uniform(530, 715)
            draw.line((x, y, x + random.uniform(10, 40), y), fill=(158, 147, 128), width=2)
        draw.rectangle((560, 430, 610, 520), fill=(150, 44, 40))
        draw.rectangle((572, 415, 598, 430), fill=(40, 40, 40))
    stored = io.BytesIO()
    image.filter(ImageFilter.BoxBlur(0.8)).save(stored, "JPEG", quality=82)
    stored.seek(0)
    return stored
