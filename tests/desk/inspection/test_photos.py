"""Photographs on their way in: what is taken, what is taken out of them, what is refused."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image

from fenghuo.core.access import RuleBroken
from fenghuo.desk.inspection import photos

from .pictures import picture


def _read(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def test_nothing_but_the_pixels_of_a_photo_is_kept():
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = "Wang"
    exif[ExifTags.Base.Make] = "Some Phone"
    exif[ExifTags.Base.DateTime] = "2026:04:03 13:00:00"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (40.0, 19.0, 30.0)
    sent = picture(exif=exif)
    assert b"Wang" in sent.getvalue()

    (kept,) = photos.prepare([sent])

    again = _read(kept.data)
    assert again.format == "JPEG"
    assert not again.getexif()
    assert not {"exif", "icc_profile", "comment", "xmp"} & set(again.info)
    for secret in (b"Exif", b"Some Phone", b"Wang", b"2026:04:03"):
        assert secret not in kept.data


def test_a_photo_taken_with_the_phone_on_its_side_is_kept_upright():
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    (kept,) = photos.prepare([picture(64, 48, exif=exif)])
    assert (kept.width, kept.height) == (48, 64)
    upright = _read(kept.data).convert("L")
    assert upright.getpixel((24, 2)) < 100 < upright.getpixel((24, 61))


@pytest.mark.parametrize(
    ("size", "kept_size"),
    [((4000, 3000), (1600, 1200)), ((900, 3200), (450, 1600)), ((1600, 1200), (1600, 1200))],
)
def test_a_large_photo_is_made_small_enough_to_send_over_a_weak_line(size, kept_size):
    (kept,) = photos.prepare([picture(*size)])
    assert (kept.width, kept.height) == kept_size == _read(kept.data).size


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_kinds_of_picture_become_jpeg(kind):
    (kept,) = photos.prepare([picture(kind=kind)])
    assert _read(kept.data).format == "JPEG"


def test_what_is_transparent_becomes_white():
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")
    (kept,) = photos.prepare([out])
    assert _read(kept.data).getpixel((5, 5)) == (255, 255, 255)


NOT_PHOTOS = {
    "text": b"this is not a picture",
    "nothing": b"",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "html": b"<html><script>1</script></html>",
    "a cut jpeg": picture(600, 400).getvalue()[:900],
    "gif": b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,",
}


@pytest.mark.parametrize("data", NOT_PHOTOS.values(), ids=NOT_PHOTOS)
def test_what_is_no_photo_is_refused_with_its_name(data):
    file = io.BytesIO(data)
    file.name = "现场.jpg"
    with pytest.raises(RuleBroken) as refused:
        photos.prepare([picture(), file])
    assert refused.value.field == "photos"
    assert "现场.jpg" in str(refused.value)


def test_a_photo_that_unpacks_without_measure_is_refused_before_it_is_unpacked():
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    assert len(out.getvalue()) < 100_000
    with pytest.raises(RuleBroken, match=r"pixels|像素"):
        photos.prepare([out])


def test_a_file_beyond_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr(photos, "LARGEST_FILE", 500)
    with pytest.raises(RuleBroken, match=r"larger|超过"):
        photos.prepare([picture(200, 200)])
    with pytest.raises(RuleBroken):
        photos.prepare([picture(8, 8, "PNG") for _ in range(photos.MOST_AT_ONCE + 1)])


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_file_is_taken_whole_or_refused_in_words(data):
    whole = bytearray(picture(40, 30, data.draw(st.sampled_from(["JPEG", "PNG", "WEBP"]))).getvalue())
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        (kept,) = photos.prepare([io.BytesIO(whole[: data.draw(st.integers(0, len(whole)))])])
    except RuleBroken as refused:
        assert refused.field == "photos"
    else:
        assert _read(kept.data).size == (kept.width, kept.height)


def test_the_same_picture_is_kept_once_under_its_own_digest(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    (kept,) = photos.prepare([picture()])
    first, second = photos.keep(kept), photos.keep(kept)
    assert first == second == kept.sha256
    assert [file.name for file in tmp_path.rglob("*") if file.is_file()] == [f"{first}.jpg"]
    assert photos.path_of(first).read_bytes() == kept.data
