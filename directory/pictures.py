"""A picture that somebody sends, made anew: only its dots are kept, as PNG, at most as large as a letterhead needs.

The one module that opens a picture (docs/decisions/0016-a-logo-drawn-anew.md). What else a file holds - place, camera,
author, profile, a second picture, what stands behind its end - goes with it.
"""

import io
import warnings
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageFile, ImageOps

MOST_BYTES = 1024 * 1024
MOST_DOTS = 4096
LEAST_DOTS = 32
BOX = (600, 200)
FORMATS = ("PNG", "JPEG")
SIGNS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
DRAWINGS = (b"<svg", b"<?xml", b"<!doctype")


@dataclass(frozen=True)
class Picture:
    """A picture as PNG, and how many dots it is wide and high."""

    png: bytes
    width: int
    height: int


def cleaned(data: bytes) -> Picture:
    """Return a picture made of the dots of this one and of nothing else; the same dots give the same bytes.

    Raises ValidationError with a sentence for a drawing, for what is no PNG or JPEG, and for one too large or too small.
    """
    if len(data) > MOST_BYTES:
        raise ValidationError(_("The picture is too large: one megabyte at most."))
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:64].lower().startswith(DRAWINGS):
        raise ValidationError(_("A drawing (SVG) can hold programs and addresses. Save it as PNG and send that."))
    if not data.startswith(SIGNS):
        raise ValidationError(_("This is no PNG or JPEG picture. Save it as one of them and send that."))
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            return _drawn_anew(data)
        except (Image.DecompressionBombWarning, Image.DecompressionBombError):
            raise _of_another_size() from None
        except (OSError, SyntaxError, ValueError):
            raise ValidationError(_("The picture is broken. Save it again as PNG or JPEG and send that.")) from None


def _drawn_anew(data: bytes) -> Picture:
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint says otherwise for the whole process, and draws ours alone
    with Image.open(io.BytesIO(data), formats=FORMATS) as sent:
        if not LEAST_DOTS <= min(sent.size) <= max(sent.size) <= MOST_DOTS:  # said by the head: nothing is opened yet
            raise _of_another_size()
        turned = ImageOps.exif_transpose(sent)
        has_holes = "A" in turned.getbands() or "transparency" in turned.info
        dots = turned.convert("RGBA" if has_holes else "RGB")
    dots.thumbnail(BOX, Image.Resampling.LANCZOS)
    bare = Image.new(dots.mode, dots.size)
    bare.paste(dots)
    out = io.BytesIO()
    bare.save(out, "PNG", optimize=True)
    return Picture(out.getvalue(), *bare.size)


def _of_another_size() -> ValidationError:
    told = {"least": LEAST_DOTS, "most": MOST_DOTS}
    return ValidationError(_("Each side of the picture must have %(least)d to %(most)d dots.") % told)
