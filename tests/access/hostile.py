"""Addresses and fields nobody means well with, drawn from one seed so that a failure comes again."""

import random
from collections.abc import Iterator
from urllib.parse import quote, urlencode

from accounts.management.commands import access_matrix
from tests.access.drawn import Form

# Bytes as they arrive: NUL, controls, lone surrogates, broken UTF-8, right-to-left, too long, traps of formats.
TEXTS = (
    b"\x00", b"ANKN\x00-2026", b"\x1b[31m", b"\x07\x08", b"\xed\xa0\x80", b"\xed\xb0\x80x", b"\xff\xfe", b"\xc3",
    "\u202eNKNA".encode(), "\u200d\U0001f600".encode(), "e\u0301".encode(), "\ufffe".encode(), b"a" * 10_000,
    b"..", b"../../etc/passwd", b"%2e%2e%2f", b"%", b"%s%n", b"{{7*7}}", b"' OR 1=1 --", b"<script>alert(1)</script>",
    b"=cmd|' /C calc'!A0", b"\r\nSet-Cookie: a=b", b" ", b"", b"None", b"null", b"true", b"[]", b"1e309", b"NaN",
)  # fmt: skip
NUMBERS = (
    "0", "-1", "1", "13", "99", "2147483648", "9223372036854775807", "9223372036854775808", "9" * 40, "9" * 5_000,
    "00000001", "1.5", "0x1f", "\u0661\u0662",
)  # fmt: skip
DAYS = ("2026-13", "2026-02-30", "0000-00", "0001-01", "9999-12", "10000-01", "2026-07-", "-2026-07", "2026-W01")
UUIDS = ("00000000-0000-0000-0000-000000000000", "g" * 36, "0" * 32)
KNOWN = ("ANKN-2026-0001", "26-0001", "pendekatan-awal", "ceklis", "ANKN", "plt")
PARAMETERS = (
    "q", "page", "bulan", "kode", "kasus", "bagian", "putaran", "dari", "sebagai", "lagi", "bimbingan", "nama", "draf",
    "next", "tahap", "status", "petugas", "peran", "tempat", "urut", "jenis", "tahun", "sampai", "pekerja", "kategori",
)  # fmt: skip
FIELDS = (
    "form_key", "version", "request", "note", "name", "nik", "on", "until_on", "code", "reason", "way", "cases",
    "worker", "login", "password", "new_password1", "place", "next", "draft_page", "birth_on", "estimated_age",
    "primary", "minutes", "starts_at", "holder", "since_on", "receiver", "choice", "verdict", "to_stage", "due_on",
)  # fmt: skip


class Hostile:
    """One stream of hostile addresses, queries and forms."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def addresses(self) -> Iterator[str]:
        """Without end: every address of the site in turn, its parts and its query made up."""
        routes = list(access_matrix.addresses().values())
        while True:
            for route in routes:
                yield self.address(route)

    def address(self, route: str) -> str:
        path = access_matrix.PART.sub(lambda part: self._part(part["kind"]), route)
        query = urlencode([(self.random.choice(PARAMETERS), self._value()) for _n in range(self.random.randrange(4))])
        return f"/{path}?{query}" if query else f"/{path}"

    def form(self) -> list[tuple[str, bytes]]:
        return [(self.random.choice(FIELDS), self._value()) for _n in range(self.random.randrange(8))]

    def filled(self, form: Form) -> list[tuple[str, bytes | str]]:
        """Its own fields, most of them made up; its key stays, so that the rest is looked at."""
        return [
            (name, value if name in form.hidden and self.random.random() < 0.9 else self._value())
            for name, value in form.fields.items()
            if self.random.random() < 0.9
        ]

    def _part(self, kind: str) -> str:
        """A part of a path: often of the kind it should be, so that it gets past the resolver."""
        fitting = {"int": NUMBERS, "uuid": UUIDS, "str": KNOWN, "slug": KNOWN}[kind]
        chosen = self.random.choice(fitting) if self.random.random() < 0.7 else self._value()
        return quote(chosen, safe="")

    def _value(self) -> bytes:
        every = (*TEXTS, *NUMBERS, *DAYS, *UUIDS, *KNOWN)
        chosen = self.random.choice(every)
        return chosen.encode() if isinstance(chosen, str) else chosen
