"""The offices, alone and together, as the tables of addresses name them."""

from accounts.enums import Role

SIGNED_OUT = None
Who = Role | None
EVERYBODY: tuple[Who, ...] = (*Role, SIGNED_OUT)

WORKER = frozenset({Role.SOCIAL_WORKER})
DECIDERS = frozenset({Role.SUPERVISOR, Role.SECTION_HEAD, Role.HEAD})
SUPERVISOR_HEAD = frozenset({Role.SUPERVISOR, Role.HEAD})
HEAD = frozenset({Role.HEAD})
SECTION_HEAD = frozenset({Role.SECTION_HEAD})
OFFICE = frozenset({Role.ADMIN_OFFICE})
PROVINCE = frozenset({Role.PROVINCE})
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
CARERS = frozenset({Role.INSTRUCTOR, Role.BOARDING_OFFICER, Role.RELIGIOUS_INSTRUCTOR, Role.NURSE, Role.PSYCHOLOGIST})
NOBODY: frozenset[Role] = frozenset()
ALL = frozenset(Role)
CASE_STAFF = WORKER | DECIDERS
UPT_WIDE = DECIDERS | OFFICE
REGISTER = WORKER | UPT_WIDE
WORKLOG = CASE_STAFF | CARERS
MANAGERS = ADMINISTRATOR | HEAD | OFFICE
