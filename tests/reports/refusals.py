"""What an act about a paper is refused for, in words."""

import pytest

from rehsos.doors import Refused


def refusal(act, **values) -> list[str]:
    with pytest.raises(Refused) as refused:
        act(**values)
    return refused.value.reasons
