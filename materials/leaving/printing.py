"""Making the file of a copy and letting it leave. Asks again for rights, marks and the gate; may run twice."""

from django.db import transaction

from materials.actions.dispatches import MAKES_COPY, is_authentic, is_whole, leave
from materials.leaving.frozen_text import line_of, text_of
from materials.leaving.scanning import renew_scan
from materials.material_mac import file_parts
from materials.models import Copy, Material
from papers.formats.registry import FORMATS
from papers.pdf.rendering import CannotPrint
from safety.verdict import GateClosed
from sealing import keys
from work.jobs import JobFailed, RunningJob, handles


@handles(MAKES_COPY)
def make_copy(running: RunningJob) -> None:
    """Draw one copy in its format, keep its bytes sealed with their fingerprint, and let dispatch and copy leave through the second gate."""
    owner = running.job.owner
    copy = Copy.objects.select_related("dispatch__clearance__review", "dispatch__material", "material").get(
        pk=str(running.job.about_id)
    )
    if not Material.objects.where(owner, may="dispatch").filter(pk=copy.material_id).exists():
        raise JobFailed("rights-ended")
    if not is_authentic(copy.dispatch):
        raise JobFailed("not-authentic")
    running.progress(0)
    if FORMATS[copy.format].is_available() and not is_whole(copy):
        _print(copy)
    running.progress(1)
    renew_scan(copy, actor=owner)
    try:
        with transaction.atomic():
            leave(actor=owner, row=copy.dispatch)
            leave(actor=owner, row=copy)
    except GateClosed:
        raise JobFailed("gate-closed") from None


def _print(copy: Copy) -> None:
    try:
        copy.file = FORMATS[copy.format].draw(text_of(copy.dispatch), line_of(copy))
    except CannotPrint as why:
        raise JobFailed(why.code) from None
    copy.file_mac = keys.gate_mac(file_parts(copy))
    copy.save(update_fields=["file", "file_mac"])
