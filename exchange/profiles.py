"""Which files can be read and written, by name. What comes later says so; nothing is half supported."""

from django.utils.translation import gettext as _

OURS = "amparo"
IMPORT_LATER = ("uwazi", "bayanat", "openevsys", "jumpstart", "table")
EXPORT_FORMATS = ("json",)
EXPORT_LATER = ("csv", "xlsx")


def why_no_import(profile: str) -> str:
    """Return why files of this profile cannot be read, or nothing for ours."""
    if profile == OURS:
        return ""
    if profile in IMPORT_LATER:
        return _("Files of the profile %(name)s cannot be read yet; that comes later. Use --profile amparo.") % {
            "name": profile
        }
    known = ", ".join((OURS, *IMPORT_LATER))
    return _("There is no profile %(name)s. Known are: %(known)s.") % {"name": profile, "known": known}


def why_no_export(name: str) -> str:
    """Return why lists of this format cannot be written, or nothing for one that can."""
    if name in EXPORT_FORMATS:
        return ""
    if name in EXPORT_LATER:
        return _("Lists in the format %(name)s cannot be written yet; that comes later. Use --format json.") % {
            "name": name
        }
    known = ", ".join((*EXPORT_FORMATS, *EXPORT_LATER))
    return _("There is no format %(name)s. Known are: %(known)s.") % {"name": name, "known": known}
