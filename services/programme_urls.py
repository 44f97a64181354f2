"""The pages of activities, timetable and sessions."""

from django.urls import path

from services.views import arranging, attendance, delivered, programme, timetable

urlpatterns = [
    # pengaturan/kegiatan/: the UPT's own list
    path("pengaturan/kegiatan/", programme.programme_list, name="programme"),
    path("pengaturan/kegiatan/baru/", programme.programme_new, name="programme_new"),
    path("pengaturan/kegiatan/<int:pk>/", programme.programme_edit, name="programme_edit"),
    path("pengaturan/kegiatan/<int:pk>/pakai/", programme.programme_retire, name="programme_retire"),
    # bimbingan/: the week and the pattern behind it
    path("bimbingan/", timetable.week, name="timetable"),
    path("bimbingan/buat/", timetable.generate, name="sessions_generate"),
    path("bimbingan/jadwal/baru/", timetable.slot_new, name="slot_new"),
    path("bimbingan/jadwal/<int:pk>/", timetable.slot, name="slot"),
    path("bimbingan/jadwal/<int:pk>/akhiri/", timetable.slot_end, name="slot_end"),
    path("bimbingan/jadwal/<int:pk>/lewati/", timetable.slot_skip, name="slot_skip"),
    path("bimbingan/libur/", timetable.holidays, name="holidays"),
    path("bimbingan/libur/<int:pk>/hapus/", timetable.holiday_remove, name="holiday_remove"),
    # bimbingan/: plan against delivered
    path("bimbingan/rekap/", delivered.recap, name="recap"),
    path("bimbingan/belum-dicatat/", delivered.unmarked, name="sessions_unmarked"),
    path("bimbingan/kegiatan/<int:pk>/", delivered.activity_sessions, name="activity_sessions"),
    # bimbingan/sesi/: one session
    path("bimbingan/sesi/baru/", arranging.session_new, name="session_new"),
    path("bimbingan/sesi/<int:pk>/", attendance.session, name="session"),
    path("bimbingan/sesi/<int:pk>/pindah/", arranging.session_move, name="session_move"),
    path("bimbingan/sesi/<int:pk>/batal/", attendance.session_cancel, name="session_cancel"),
]
