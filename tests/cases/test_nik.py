"""A NIK is refused for its shape only; everything else is a sentence to read."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from cases import nik
from cases.enums import Sex

MAN = "3578010303090001"
WOMAN = "3578014303090002"
BORN = date(2009, 3, 3)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (MAN, MAN),
        ("3578 0103 0309 0001", MAN),
        ("35.78.01.030309.0001", MAN),
        ("35-78-01-030309-0001", MAN),
        ("\u00a03578010303090001\n", MAN),
        ("0000000000000001", "0000000000000001"),
        ("", ""),
        ("   ", ""),
    ],
)
def test_nik_is_kept_as_digits(typed, kept):
    assert nik.clean(typed) == kept


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (MAN[:15], "NIK berisi 15 angka, seharusnya 16."),
        (MAN + "1", "NIK berisi 17 angka, seharusnya 16."),
        ("35780103030900O1", "NIK hanya berisi angka."),
        ("٣٥٧٨٠١٠٣٠٣٠٩٠٠٠١", "NIK hanya berisi angka."),
        ("3.578010303090001E15", "NIK hanya berisi angka."),
        ("3578010303090000", "Empat angka terakhir NIK tidak mungkin 0000."),
    ],
)
def test_nik_of_another_shape_is_refused(typed, sentence):
    with pytest.raises(ValidationError) as refusal:
        nik.clean(typed)
    assert refusal.value.messages == [sentence]


@pytest.mark.parametrize(
    ("number", "sex", "born", "sentences"),
    [
        (MAN, Sex.MALE, BORN, []),
        (WOMAN, Sex.FEMALE, BORN, []),
        (MAN, Sex.MALE, None, []),
        (MAN, "", None, []),
        ("", Sex.MALE, BORN, []),
        (MAN, Sex.FEMALE, BORN, ["Jenis kelamin menurut NIK berbeda dengan isian."]),
        (WOMAN, Sex.MALE, BORN, ["Jenis kelamin menurut NIK berbeda dengan isian."]),
        (MAN, Sex.MALE, date(2009, 3, 4), ["Tanggal lahir menurut NIK berbeda dengan isian."]),
        (MAN, Sex.MALE, date(1909, 3, 3), []),
        ("3599010303090001", Sex.MALE, BORN, ["Kode kabupaten/kota dalam NIK tidak dikenal."]),
        ("3374010303090001", Sex.MALE, BORN, ["NIK ini pertama kali terbit di luar Jawa Timur."]),
        (
            "3374019999990001",
            Sex.MALE,
            BORN,
            [
                "NIK ini pertama kali terbit di luar Jawa Timur.",
                "Jenis kelamin menurut NIK berbeda dengan isian.",
                "Tanggal lahir menurut NIK berbeda dengan isian.",
            ],
        ),
    ],
)
def test_what_does_not_fit_is_a_warning(number, sex, born, sentences):
    assert nik.warnings(number, sex, born) == sentences
