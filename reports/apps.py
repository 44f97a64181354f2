from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    append_only_tables = (
        "reports_issuedpaper",
        "reports_papercase",
        "reports_paperfact",
        "reports_incomingletter",
        "reports_incomingscan",
    )
