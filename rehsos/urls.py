"""The site map: one line per app."""

from django.urls import include, path

from rehsos import views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("", include("accounts.urls")),
    path("", include("cases.urls")),
    path("", include("services.urls")),
    path("", include("reports.urls")),
]

handler400 = views.bad_request
handler403 = views.forbidden
handler404 = views.not_found
handler500 = views.server_error
