"""The logo of the office: chosen by an administrator, drawn anew with nothing but its dots, and taken off again."""

import io
import struct
import uuid
import zlib
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image, ImageFile, PngImagePlugin

from accounts.refusals import Refused
from audit.models import Entry
from directory.actions.logo import change_logo, remove_logo
from directory.models import OfficeLogo
from directory.pictures import BOX, MOST_BYTES, cleaned
from tests.factories import a_case, a_logo, a_picture
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db
SECRET = "Villa Marram, taken by Mara Ilves"


def with_secrets(kind: str) -> bytes:
    """Return a picture whose file tells more than its dots, in each place that its format has for it."""
    exif = Image.Exif()
    exif[0x010E] = exif[0x013B] = SECRET
    exif[0x0112] = 6  # it lies on its side
    more: dict[str, Any] = {"exif": exif, "icc_profile": SECRET.encode(), "dpi": (72, 72)}
    if kind == "PNG":
        told = PngImagePlugin.PngInfo()
        told.add_text("Author", SECRET)
        told.add_itxt("Comment", SECRET, zip=False)
        more["pnginfo"] = told
    else:
        more["comment"] = SECRET
    return a_picture(kind=kind, **more) + SECRET.encode()


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_nothing_of_the_file_is_kept_but_its_dots(kind: str) -> None:
    sent = with_secrets(kind)
    assert SECRET.encode() in sent
    made = cleaned(sent)
    with Image.open(io.BytesIO(made.png)) as kept:
        assert kept.format == "PNG" and kept.info == {} and not kept.getexif()
        assert kept.size == (made.width, made.height) and made.height > made.width, "it stands upright now"
        red, green, _blue = kept.convert("RGB").getpixel((2, made.height - 3))
        assert red > 120 > green, "and its dots are what they were"
    for word in (b"Marram", b"Mara", b"Exif", b"eXIf", b"tEXt", b"iCCP", b"pHYs", b"tIME"):
        assert word not in made.png
    assert made == cleaned(sent), "the same dots give the same bytes"


def test_a_large_picture_is_made_small_and_keeps_its_shape_and_its_holes() -> None:
    made = cleaned(a_picture((2400, 1200), mode="RGBA"))
    assert (made.width, made.height) == (400, 200) and made.width <= BOX[0]
    with Image.open(io.BytesIO(made.png)) as kept:
        assert kept.mode == "RGBA"
    assert cleaned(a_picture((300, 100), mode="L")).width == cleaned(a_picture(kind="JPEG", mode="CMYK")).width == 300


def of_so_many_dots(width: int, height: int) -> bytes:
    """Return a PNG that says it is this large, and is a few bytes."""
    parts = (b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0), b"IDAT", b"IEND")
    chunks = (struct.pack(">I", len(part) - 4) + part + struct.pack(">I", zlib.crc32(part)) for part in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', "drawing"),
        (b'\xef\xbb\xbf \n<?xml version="1.0"?><svg/>', "drawing"),
        (b"GIF89a" + b"\0" * 60, "no PNG or JPEG"),
        (b"", "no PNG or JPEG"),
        (b"%PDF-1.7", "no PNG or JPEG"),
        (a_picture()[:90], "broken"),
        (b"\xff\xd8\xff" + b"x" * 90, "broken"),
        (b"x" * (MOST_BYTES + 1), "too large"),
        (of_so_many_dots(60_000, 60_000), "32 to 4096"),
        (of_so_many_dots(5_000, 100), "32 to 4096"),
        (a_picture((20, 20)), "32 to 4096"),
    ],
)
def test_what_is_no_picture_to_print_is_refused_in_a_sentence(client: Client, data: bytes, why: str) -> None:
    ImageFile.LOAD_TRUNCATED_IMAGES = True  # as WeasyPrint leaves it
    with pytest.raises(ValidationError, match=why):
        change_logo(actor=a_person("admin"), data=data)
    signed_in(client, a_person("admin"))
    file = SimpleUploadedFile("x.png", data, "image/png")
    answer = client.post(reverse("directory:office_logo"), {"picture": file})
    assert answer.status_code == 422 and why in answer.content.decode()
    assert not OfficeLogo.objects.exists()


def test_an_administrator_puts_a_logo_on_and_takes_it_off_again(client: Client) -> None:
    signed_in(client, a_person("admin"))
    page = reverse("directory:office_identity")
    assert "Papers carry no logo" in client.get(page).content.decode()
    refused = client.post(reverse("directory:office_logo"))
    assert refused.status_code == 422 and "Choose a PNG or JPEG" in refused.content.decode()
    file = SimpleUploadedFile("of the house.png", a_picture(), "text/html")
    assert client.post(reverse("directory:office_logo"), {"picture": file}).status_code == 302
    row = OfficeLogo.at()
    assert row
    address = reverse("directory:logo_picture", args=[row.pk])
    assert f'<img src="{address}"' in client.get(page).content.decode()
    shown = client.get(address)
    assert shown.content == row.png and shown["Content-Type"] == "image/png"
    assert shown["X-Content-Type-Options"] == "nosniff" and "sandbox" in shown["Content-Security-Policy"]
    assert client.post(reverse("directory:office_logo_remove")).status_code == 302
    assert OfficeLogo.at() is None and OfficeLogo.at(row.made_at) == row
    assert "Papers carry no logo" in client.get(page).content.decode()
    assert remove_logo(actor=a_person("admin")) is None and OfficeLogo.objects.count() == 2
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {"directory.logo.changed", "directory.logo.removed"} <= verbs


@pytest.mark.parametrize("username", ["ana", "rui", "dara", "noor", "omar"])
def test_nobody_else_chooses_or_removes_it_and_everybody_who_signs_in_sees_it(client: Client, username: str) -> None:
    a_case()
    row, actor = a_logo(), a_person(username)
    for act in (lambda: change_logo(actor=actor, data=a_picture()), lambda: remove_logo(actor=actor)):
        with pytest.raises(Refused):
            act()
    address = reverse("directory:logo_picture", args=[row.pk])
    assert client.get(address).status_code == 302, "not without signing in"
    signed_in(client, actor)
    file = SimpleUploadedFile("x.png", a_picture(), "image/png")
    assert client.post(reverse("directory:office_logo"), {"picture": file}).status_code == 404
    assert client.get(reverse("directory:office_logo")).status_code == 404
    assert client.post(reverse("directory:office_logo_remove")).status_code == 404
    assert client.get(address).status_code == 200 and OfficeLogo.objects.get() == row


def test_raw_sql_writes_and_changes_no_logo_and_a_forged_one_prints_nothing() -> None:
    row = a_logo()
    with pytest.raises(DatabaseError), transaction.atomic():
        OfficeLogo(picture="x", width=1, height=1, made_by=a_person("rui")).save()
    with pytest.raises(DatabaseError), transaction.atomic():
        OfficeLogo(picture="x", made_by=a_person("admin")).save()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE directory_officelogo SET width = 9")
    with pytest.raises(DatabaseError), transaction.atomic():
        row.delete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT picture FROM directory_officelogo")
        stored = cursor.fetchone()[0]
    assert row.picture and row.picture not in stored, "it lies there under a key"
    assert OfficeLogo.at() == row
    columns = "picture, height, made_by_id, mark"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO directory_officelogo ({columns}, width, id, made_at) SELECT {columns}, 299, %s, %s"
            " FROM directory_officelogo",
            [uuid.uuid4().hex, timezone.now()],
        )
    assert OfficeLogo.objects.count() == 2 and OfficeLogo.at() is None
