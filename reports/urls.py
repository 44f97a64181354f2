"""The pages of reports."""

from django.urls import path

from reports import views

app_name = "reports"

urlpatterns = [
    # one case
    path("kasus/<str:number>/tahap/<slug:stage>/laporan.pdf", views.stage_pdf, name="stage_pdf"),
]
