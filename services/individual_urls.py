"""The pages of the work with one client."""

from django.urls import path

from services.views import casework, inbox, notes, parts, reviews

urlpatterns = [
    # kotak/: what somebody was told and asked to do
    path("kotak/", inbox.inbox, name="inbox"),
    path("kotak/baca/", inbox.inbox_read, name="inbox_read"),
    path("kotak/tugas/baru/", inbox.task_new, name="task_new"),
    path("kotak/tugas/<int:pk>/", inbox.task, name="task"),
    path("kotak/tugas/<int:pk>/jawab/", inbox.task_answer, name="task_answer"),
    path("kotak/tugas/<int:pk>/tutup/", inbox.task_settle, name="task_settle"),
    # kasus/<nomor>/perorangan/: notes on one client
    path("kasus/<str:number>/perorangan/", notes.case_work, name="case_work"),
    path("kasus/<str:number>/konseling/", notes.counselling, name="counselling"),
    path("kasus/<str:number>/perorangan/<slug:slug>/", notes.note_new, name="note_new"),
    path("catatan/<int:pk>/", notes.note, name="note"),
    path("catatan/<int:pk>/buka/", notes.note_open, name="note_open"),
    path("catatan/<int:pk>/supervisi/", notes.note_review, name="note_review"),
    # bagian/: what a nurse or psychologist has of a case
    path("bagian/", parts.parts, name="parts"),
    path("kasus/<str:number>/bagian/", parts.part, name="part"),
    # hambatan/, agenda-sidang/, catatan-proses/
    path("hambatan/", casework.obstacle_list, name="obstacles"),
    path("hambatan/<int:pk>/", casework.obstacle, name="obstacle"),
    path("kasus/<str:number>/hambatan/", casework.obstacle_new, name="obstacle_new"),
    path("agenda-sidang/", casework.court_list, name="court_list"),
    path("agenda-sidang/<int:pk>/", casework.court, name="court"),
    path("kasus/<str:number>/agenda-sidang/", casework.court_new, name="court_new"),
    path("catatan-proses/", casework.process_list, name="process_list"),
    path("catatan-proses/baru/", casework.process_new, name="process_new"),
    path("catatan-proses/<int:pk>/", casework.process_record, name="process_record"),
    # supervisi/: directions that are not closed, notes nobody has looked at, a session supervised
    path("supervisi/arahan/", reviews.follow_ups, name="follow_ups"),
    path("supervisi/catatan/", reviews.unreviewed, name="unreviewed"),
    path("supervisi/sesi/<int:pk>/", reviews.session_review, name="session_review"),
]
