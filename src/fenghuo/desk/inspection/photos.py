"""Photographs: made small and anonymous on the way in, kept as files named by their own digest."""

import hashlib
import io
import os
import tempfile
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from fenghuo.core.access import RuleBroken

LONGEST_SIDE = 1600
LARGEST_FILE = 15 * 1024 * 1024
MOST_PIXELS = 64_000_000  # a phone takes 12 to 50 million; unpacking more would strain a small server
MOST_AT_ONCE = 6
_QUALITY = 82


@dataclass(frozen=True)
class Picture:
    """A photograph as it is kept: JPEG bytes without any metadata."""

    data: bytes
    width: int
    height: int

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def prepare(files: Iterable[BinaryIO]) -> list[Picture]:
    """Re-encode every file, or raise RuleBroken (field `photos`) naming the first that cannot be taken."""
    files = list(files)
    if len(files) > MOST_AT_ONCE:
        raise RuleBroken(_("Send at most %s photos at once; choose the clearest.") % MOST_AT_ONCE, "photos")
    return [_reencode(file) for file in files]


def _reencode(file: BinaryIO) -> Picture:
    """Upright, at most LONGEST_SIDE pixels, JPEG. Nothing of the original but its pixels remains.

    Phones write the place, the time, the owner's device and sometimes the owner's name beside the pixels.
    """
    name = Path(getattr(file, "name", "") or _("The file")).name
    file.seek(0, os.SEEK_END)
    if file.tell() > LARGEST_FILE:
        raise RuleBroken(
            _("“%(name)s” is larger than %(limit)s MB. Take the photo at a lower resolution.")
            % {"name": name, "limit": LARGEST_FILE // (1024 * 1024)},
            "photos",
        )
    file.seek(0)
    too_many = RuleBroken(
        _("“%s” has too many pixels. Take the photo at a lower resolution.") % name, "photos"
    )
    try:
        with warnings.catch_warnings(), Image.open(file, formats=["JPEG", "PNG", "WEBP"]) as opened:
            # The pixel limit below is ours and stricter than a warning.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            if opened.width * opened.height > MOST_PIXELS:
                raise too_many
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            plain = _upright_and_small(opened)
    except Image.DecompressionBombError:
        raise too_many from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise RuleBroken(
            _(
                "“%s” is not a photo that can be read. Send a JPEG, PNG or WebP file; on an iPhone choose "
                "“Most Compatible” in the camera's settings."
            )
            % name,
            "photos",
        ) from error
    return Picture(_jpeg(plain), plain.width, plain.height)


def _upright_and_small(opened: Image.Image) -> Image.Image:
    """A new RGB image that takes nothing but pixels from `opened`; what is transparent becomes white."""
    upright = ImageOps.exif_transpose(opened)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    see_through = upright.has_transparency_data
    layer = upright.convert("RGBA" if see_through else "RGB")
    plain = Image.new("RGB", layer.size, "white")
    plain.paste(layer, mask=layer if see_through else None)
    return plain


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    return out.getvalue()


def keep(picture: Picture) -> str:
    """Write the picture to disk and return its SHA-256. The same picture is kept once."""
    digest = picture.sha256
    target = path_of(digest)
    if target.exists():
        return digest
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, partial = tempfile.mkstemp(dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(picture.data)
            out.flush()
            # The row that names the file is committed after this: it must never name a file a power cut took.
            os.fsync(out.fileno())
        os.replace(partial, target)
    except BaseException:
        Path(partial).unlink(missing_ok=True)
        raise
    return digest


def path_of(sha256: str) -> Path:
    """Where the picture with this digest lies."""
    return Path(settings.MEDIA_ROOT) / "hazards" / sha256[:2] / f"{sha256}.jpg"
