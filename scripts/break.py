"""Breaks what tests/broken.toml lists, one guard at a time in a copy of the tree; each must turn its tests red.

``scripts/break.py`` breaks all, ``scripts/break.py WORD`` what has the word in its name, ``scripts/break.py --new``
what was never broken; docs/bukti.md keeps of each guard what became of it the last time, so a long run may be ended
and taken up again.
"""

import datetime
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LISTED = ROOT / "tests" / "broken.toml"
PAGE = ROOT / "docs" / "bukti.md"
RED = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)
ROW = re.compile(r"^\| (.+?) \| `[^`]+` \| (.+?) \| (\d{4}-\d\d-\d\d|–) \|$", re.MULTILINE)
UNNOTICED = "**tidak ada**"
NOT_TRIED = ("belum dijalankan", "–")


def main(word: str = "") -> int:
    listed = tomllib.loads(LISTED.read_text())["broken"]
    found = known()
    if word == "--new":
        chosen = [one for one in listed if found.get(one["guard"], NOT_TRIED) == NOT_TRIED]
    else:
        chosen = [one for one in listed if word.lower() in one["guard"].lower()]
    with tempfile.TemporaryDirectory(prefix="rehsos-broken.") as folder:
        copy = Path(folder) / "tree"
        subprocess.run(["git", "worktree", "add", "--quiet", "--detach", copy], cwd=ROOT, check=True)
        try:
            (copy / ".venv").symlink_to((ROOT / ".venv").resolve())
            for one in chosen:
                found[one["guard"]] = told(red(one, copy))
                PAGE.write_text(page(listed, found))
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", copy], cwd=ROOT, check=True)
    return any(found[one["guard"]][0] == UNNOTICED for one in chosen)


def known() -> dict[str, tuple[str, str]]:
    """What the page tells of each guard: the test that was red, and the day."""
    return {guard: (what, day) for guard, what, day in ROW.findall(PAGE.read_text())}


def told(name: str) -> tuple[str, str]:
    return (f"`{name}`" if name else UNNOTICED), datetime.date.today().isoformat()


def red(one: dict[str, str], copy: Path) -> str:
    """The test that failed; nothing if the fault went unnoticed."""
    path = copy / one["file"]
    whole = path.read_text()
    assert whole.count(one["was"]) >= 1, f"{one['file']} no longer has: {one['was']}"
    path.write_text(whole.replace(one["was"], one["becomes"]))
    try:
        first = ["scripts/with-postgres.sh"] if one.get("on") == "postgres" else []
        command = [*first, ".venv/bin/python", "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-n", "2"]
        command += ["-m", one["marks"]] if "marks" in one else []
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        told = subprocess.run(
            [*command, *one["tests"].split()], cwd=copy, env=environment, capture_output=True, text=True
        )
    finally:
        path.write_text(whole)
    failed = RED.search(told.stdout)
    name = failed[1].partition("[")[0] if failed else ""
    print(
        f"{'red   ' if name else 'GREEN '} {one['guard']}: {name or told.stdout[-300:] + told.stderr[-300:]}",
        flush=True,
    )
    return name


def page(listed: list[dict[str, str]], found: dict[str, tuple[str, str]]) -> str:
    head = [
        "# Bukti: yang dirusak, dan uji yang menjadi merah",
        "",
        "Tiap penjaga di bawah ini dilepas dalam salinan kode; ujinya harus gagal. Daftarnya `tests/broken.toml`,",
        "dijalankan oleh `scripts/break.py`.",
        "",
        "| penjaga | dirusak di | yang menjadi merah | terakhir |",
        "|---|---|---|---|",
    ]
    rows = [" | ".join((one["guard"], f"`{one['file']}`", *found.get(one["guard"], NOT_TRIED))) for one in listed]
    return "\n".join([*head, *(f"| {row} |" for row in rows), *BUILT_IN]) + "\n"


BUILT_IN = (
    "",
    "Tiga kerusakan lain ikut dalam uji biasa dan harus ketahuan setiap kali:",
    "",
    "| kerusakan | uji |",
    "|---|---|",
    "| jejak ditulis sesudah commit | `tests/kill/test_app.py` (`late.py`) |",
    "| `synchronous_commit` dimatikan saat berjalan | `tests/kill/test_postgres.py` |",
    "| jawaban dikirim sebelum commit | `tests/audit/test_kill.py` |",
)

if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
