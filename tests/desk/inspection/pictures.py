"""Pictures as a phone would take them."""

import io

from PIL import Image


def picture(
    width: int = 64,
    height: int = 48,
    kind: str = "JPEG",
    name: str = "photo.jpg",
    exif: Image.Exif | None = None,
) -> io.BytesIO:
    """A small open file with a picture in it; the left half is dark, the right half light."""
    image = Image.new("RGB", (width, height), (240, 240, 240))
    image.paste((20, 60, 20), (0, 0, width // 2, height))
    out = io.BytesIO()
    image.save(out, kind, **({"exif": exif} if exif else {}))
    out.name = name
    out.seek(0)
    return out
