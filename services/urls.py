"""The pages of services."""

app_name = "services"

urlpatterns: list = []
