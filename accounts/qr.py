"""A QR code as the outline of its dark modules, which a template draws without any markup made here."""

import segno


def outline(text: str) -> tuple[int, str]:
    """The side of the code in modules, quiet zone included, and the ``d`` of a path stroked one module wide."""
    rows = [bytes(row) for row in segno.make(text, error="m", micro=False).matrix_iter(border=4)]
    runs = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            length = next((step for step in range(len(row) - x) if not row[x + step]), len(row) - x)
            if length:
                runs.append(f"M{x} {y}.5h{length}")
            x += length or 1
    return len(rows), "".join(runs)
