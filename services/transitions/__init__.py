"""The only place that moves a case: every move, every request, every sign-off goes through these functions.

Every function is one act: lock the case, form key, who, whether, write, trail, commit. ``version`` is the case's
version as the page showed it; ``key`` the form's key (empty for imports and demo data).
"""

from services.transitions.deciding import approve, endorse, give_back
from services.transitions.deciding_many import decide_many
from services.transitions.exiting import come_back, depart, propose_exit, write_minutes
from services.transitions.opening import open
from services.transitions.opening_balance import endorse_list, take_over
from services.transitions.requesting import decide, submit, withdraw
from services.transitions.returning import send_back
from services.transitions.reversing import propose_reversal
from services.transitions.supervising import supervise
from services.transitions.supervising_many import supervise_many
from services.transitions.transferring import accept, propose_transfer, refuse_transfer, revoke
from services.transitions.waiving import admit, waive

__all__ = [
    "accept",
    "admit",
    "approve",
    "come_back",
    "decide",
    "decide_many",
    "depart",
    "endorse",
    "endorse_list",
    "give_back",
    "open",
    "propose_exit",
    "propose_reversal",
    "propose_transfer",
    "refuse_transfer",
    "revoke",
    "send_back",
    "submit",
    "supervise",
    "supervise_many",
    "take_over",
    "waive",
    "withdraw",
    "write_minutes",
]
