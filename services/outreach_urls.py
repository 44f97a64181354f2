"""The pages of outreach: before anybody is a client."""

from django.urls import path

from services.views import batches, candidates, outreach, outreach_programmes

urlpatterns = [
    path("sosialisasi/", outreach.events, name="outreach"),
    path("sosialisasi/baru/", outreach.event_new, name="outreach_new"),
    path("sosialisasi/<int:pk>/", outreach.event, name="outreach_event"),
    path("sosialisasi/<int:pk>/peserta/", outreach.participants_new, name="outreach_participants"),
    path("sosialisasi/peserta/<int:pk>/coret/", outreach.participant_strike, name="outreach_strike"),
    path("sosialisasi/peserta/<int:pk>/calon/", candidates.candidate_new, name="outreach_candidate"),
    path("sosialisasi/program/", outreach_programmes.programmes, name="outreach_programmes"),
    path("sosialisasi/program/baru/", outreach_programmes.programme_new, name="outreach_programme_new"),
    path("sosialisasi/program/<int:pk>/", outreach_programmes.programme, name="outreach_programme"),
    path("sosialisasi/program/<int:pk>/ubah/", outreach_programmes.programme_edit, name="outreach_programme_edit"),
    path("sosialisasi/program/<int:pk>/berkas/", outreach_programmes.paper_new, name="outreach_paper_new"),
    path("sosialisasi/program/<int:pk>/supervisi/", outreach_programmes.supervise, name="outreach_supervise"),
    path("calon/angkatan/", batches.batch_list, name="batches"),
    path("calon/angkatan/<int:pk>/", batches.batch, name="batch"),
    path("calon/angkatan/<int:pk>/beri/", batches.batch_assign, name="batch_assign"),
    path("calon/angkatan/tempat/<int:pk>/lepas/", batches.batch_release, name="batch_release"),
    path("pengaturan/angkatan/", batches.batch_settings, name="batch_settings"),
    path("pengaturan/angkatan/<int:pk>/", batches.batch_edit, name="batch_edit"),
    path("calon/", candidates.candidate_list, name="candidates"),
]
