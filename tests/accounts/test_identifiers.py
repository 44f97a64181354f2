"""NIP: which numbers are one, and how it is printed."""

import pytest
from django.core.exceptions import ValidationError

from accounts.identifiers import spaced_nip, validate_nip


@pytest.mark.parametrize(
    "nip",
    [
        "197001011995031001",
        "198512312010122003",
        "199002292019031999",  # born on 29 February of a year without one: such numbers were given out
        "199001012024211001",  # PPPK
        "199001012024222001",
    ],
)
def test_a_real_number_passes(nip):
    validate_nip(nip)


@pytest.mark.parametrize(
    "nip",
    [
        "",
        "19700101199503100",
        "1970010119950310011",
        "197013011995031001",
        "197000011995031001",
        "197001321995031001",
        "197001001995031001",
        "197001011995131001",
        "197001011995001001",
        "197001011995231001",
        "197001011995033001",
        "197001011995030001",
        "19700101 199503 1 001",
        "19700101199503100a",
        "１９７００１０１１９９５０３１００１",
    ],
)
def test_anything_else_is_refused(nip):
    with pytest.raises(ValidationError):
        validate_nip(nip)


def test_a_number_is_printed_in_groups():
    assert spaced_nip("197001011995031001") == "19700101 199503 1 001"
    assert spaced_nip("") == ""
