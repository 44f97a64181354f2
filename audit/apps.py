"""The trail's app: the first to say which of its tables may only grow."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "audit"
    append_only_tables = ("audit_entry", "audit_entrysubject", "audit_entrydetail", "audit_access")
