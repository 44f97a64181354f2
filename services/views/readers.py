"""Which roles the pages are for, said once; what they see there is narrowed by ``visible_to``."""

from accounts.enums import Role
from cases.models import WHOLE_UPT

# The register and the list of cases.
REGISTER = (Role.SOCIAL_WORKER, *WHOLE_UPT)
# What is in a case: not for the office.
CASES = (Role.SOCIAL_WORKER, Role.SUPERVISOR, Role.SECTION_HEAD, Role.HEAD)
# Everybody who does work that counts.
WORKLOG = (
    *CASES,
    Role.INSTRUCTOR,
    Role.BOARDING_OFFICER,
    Role.RELIGIOUS_INSTRUCTOR,
    Role.NURSE,
    Role.PSYCHOLOGIST,
)
# The queue.
SUPERVISION = (Role.SUPERVISOR, Role.SECTION_HEAD, Role.HEAD)
