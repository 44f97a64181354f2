"""What a case lacks, in words."""

from services import gates


def unmet(case):
    case.refresh_from_db()
    return [str(missing) for missing in gates.unmet(case)]
