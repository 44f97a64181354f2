"""The pages of reports."""

from django.urls import path

from reports import lists, views

app_name = "reports"

urlpatterns = [
    # kasus/: the list as a spreadsheet, and the papers of one case
    path("kasus/daftar.xlsx", lists.case_table, name="case_table"),
    path("kasus/<str:number>/tahap/<slug:stage>/laporan.pdf", views.stage_pdf, name="stage_pdf"),
    path("kasus/<str:number>/keluar/berita-acara.pdf", views.departure_pdf, name="departure_pdf"),
    # laporan/: of the UPT
    path("laporan/", views.index, name="index"),
    path("laporan/bulanan/<int:year>/<int:month>/", views.month, name="monthly"),
    path("laporan/bulanan/<int:year>/<int:month>/laporan.pdf", views.month_pdf, name="monthly_pdf"),
]
