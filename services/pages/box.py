"""A box beside the page of a stage: what somebody can do there, or why not; and what all boxes are made from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from rehsos import formatting
from services.enums import State
from services.forms.base import KeyedForm
from services.gates import MINUTES, Unmet
from services.models import Request
from services.pages import links, timeline
from services.pages.reader import Reader
from services.situation import Situation


@dataclass
class Box:
    """``look`` is step (brown), ok (green), stop (red), decision or plain; ``fold`` are words that open the form."""

    title: str
    look: str = "plain"
    anchor: str = ""
    texts: list[str] = field(default_factory=list)
    items: list[dict[str, Any]] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    footer: str = ""
    form: KeyedForm | None = None
    url: str = ""
    button: str = ""
    icon: str = ""
    fold: str = ""


class Desk:
    """One reader before one case, with the form of an act that was refused (by the name of the act), if any."""

    def __init__(self, now: Situation, reader: Reader, bound: Mapping[str, KeyedForm] | None = None) -> None:
        self.now, self.reader, self.bound = now, reader, dict(bound or {})
        self.case = now.case

    def form(self, act: str, make: type[KeyedForm], subject: object, **options: Any) -> KeyedForm:
        """The refused form where there is one, with what was typed; else a fresh one."""
        return self.bound.pop(act, None) or make(
            user=self.reader.user,
            act=act,
            subject=subject,
            version=self.case.version,
            auto_id=f"{act}-%s",
            **options,
        )

    def url(self, name: str) -> str:
        """Where an act on the present stage is sent."""
        return reverse(f"services:{name}", args=[self.case.number, self.now.stage.slug])


def item(now: Situation, missing: Unmet) -> dict[str, Any]:
    """One thing that is missing, with the button that fills it."""
    url, action = links.to_mend(now, missing)
    return {**told(missing), "url": url, "action": action}


def told(missing: Unmet) -> dict[str, Any]:
    """The same without a button. The code stands before the words, so it need not stand in them too."""
    if missing.code == MINUTES:
        return {"code": "", "text": missing.text}
    text = missing.text.replace(f" ({missing.code})", "")
    return {"code": missing.code if text != missing.text or "(" not in text else "", "text": text}


def state_words(request: Request) -> str:
    """What was asked for, by whom and when, and whose turn it is."""
    about = " – ".join(filter(None, [str(request.get_kind_display()), timeline.way_label(request)]))
    words = {"what": about, "who": request.requested_by.full_name, "when": formatting.moment(request.requested_at)}
    asked = _("%(what)s, diajukan %(who)s, %(when)s.") % words
    turn = _("Menunggu Kepala UPT.") if request.state == State.AWAITING_HEAD else _("Menunggu supervisor.")
    return f"{asked} {turn}"
