"""The pages of outreach: before anybody is a client."""

from django.urls import path

from services.views import outreach, outreach_programmes

urlpatterns = [
    path("sosialisasi/", outreach.events, name="outreach"),
    path("sosialisasi/baru/", outreach.event_new, name="outreach_new"),
    path("sosialisasi/<int:pk>/", outreach.event, name="outreach_event"),
    path("sosialisasi/<int:pk>/peserta/", outreach.participants_new, name="outreach_participants"),
    path("sosialisasi/peserta/<int:pk>/coret/", outreach.participant_strike, name="outreach_strike"),
    path("sosialisasi/program/", outreach_programmes.programmes, name="outreach_programmes"),
    path("sosialisasi/program/baru/", outreach_programmes.programme_new, name="outreach_programme_new"),
    path("sosialisasi/program/<int:pk>/", outreach_programmes.programme, name="outreach_programme"),
    path("sosialisasi/program/<int:pk>/ubah/", outreach_programmes.programme_edit, name="outreach_programme_edit"),
    path("sosialisasi/program/<int:pk>/berkas/", outreach_programmes.paper_new, name="outreach_paper_new"),
    path("sosialisasi/program/<int:pk>/supervisi/", outreach_programmes.supervise, name="outreach_supervise"),
]
