"""The only place that moves a case: open, submit, decide, withdraw, supervise, approve, give back, endorse, send back.

Every function is one act: lock the case, form key, who, whether, write, trail, commit. ``version`` is the case's
version as the page showed it; ``key`` the form's key (empty for imports and demo data).
"""

from services.transitions.deciding import approve, endorse, give_back
from services.transitions.opening import open
from services.transitions.requesting import decide, submit, withdraw
from services.transitions.returning import send_back
from services.transitions.supervising import supervise

__all__ = ["approve", "decide", "endorse", "give_back", "open", "send_back", "submit", "supervise", "withdraw"]
