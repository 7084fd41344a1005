"""Anchors: the head of the chain, told every day to somebody outside this database."""

from collections.abc import Callable, Iterable

from django.core.mail import send_mail
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.models import Anchor, Entry

_readers: list[Callable[[], Iterable[str]]] = []


def register_readers(addresses: Callable[[], Iterable[str]]) -> None:
    """Name those who receive the head; the app of the people calls this, since the trail knows no people."""
    if addresses not in _readers:
        _readers.append(addresses)


def anchor() -> Anchor | None:
    """Write down the head of the chain and mail it; nothing for an empty trail. May run twice: two anchors."""
    head = Entry.objects.order_by("-sequence").only("sequence", "mac").first()
    if head is None:
        return None
    addresses = sorted({address for readers in _readers for address in readers() if address})
    kept = Anchor.objects.create(
        sequence=head.sequence,
        mac=bytes(head.mac),
        at=timezone.now(),
        sent_to=" ".join(addresses),
    )
    words = _(
        "Keep this message. It proves later that nothing was cut off the trail.\n\n"
        "Entry: %(sequence)d\nSeal: %(mac)s\n\n"
        "To check: ./run manage verify_audit --head %(sequence)d:%(mac)s\n"
    )
    for address in addresses:
        text = words % {"sequence": kept.sequence, "mac": bytes(kept.mac).hex()}
        send_mail(_("The head of the trail"), text, None, [address])
    return kept
