"""The pages of reports."""

app_name = "reports"

urlpatterns: list = []
