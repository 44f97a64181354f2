"""The pages of reports."""

from django.urls import path

from reports import (
    aftercare_views,
    case_paper_views,
    check_views,
    daily_views,
    incoming_views,
    letters_views,
    lists,
    month_views,
    outcome_views,
    paper_views,
    referral_views,
    session_views,
    start_views,
    supervision_views,
    views,
)

app_name = "reports"

urlpatterns = [
    # kasus/: the list as a spreadsheet, and the papers of one case
    path("kasus/daftar.xlsx", lists.case_table, name="case_table"),
    path("kasus/<str:number>/tahap/<slug:stage>/laporan.pdf", views.stage_pdf, name="stage_pdf"),
    path("kasus/<str:number>/perkembangan.pdf", session_views.progress_pdf, name="progress_pdf"),
    path("kasus/<str:number>/keluar/berita-acara.pdf", views.departure_pdf, name="departure_pdf"),
    path("kasus/<str:number>/surat/", case_paper_views.case_papers, name="case_papers"),
    path("kasus/<str:number>/surat/terbitkan/", case_paper_views.issue, name="issue"),
    path(
        "kasus/<str:number>/surat/konsep/<slug:kind>/<slug:subject>.pdf", case_paper_views.draft_pdf, name="draft_pdf"
    ),
    # surat/: the register, and one issued paper
    path("surat/", letters_views.letters, name="letters"),
    path("surat/daftar.xlsx", letters_views.letter_table, name="letter_table"),
    path("surat/penempatan/", letters_views.place_many, name="place_many"),
    path("surat/masuk/", incoming_views.letters_in, name="letters_in"),
    path("surat/masuk/baru/", incoming_views.letter_in_new, name="letter_in_new"),
    path("surat/masuk/<int:pk>/", incoming_views.letter_in, name="letter_in"),
    path("surat/masuk/<int:pk>/pindaian/", incoming_views.letter_in_scan, name="letter_in_scan"),
    path("surat/masuk/<int:pk>/pindaian/<int:scan>/", incoming_views.letter_in_file, name="letter_in_file"),
    path("surat/<slug:code>/", paper_views.paper, name="paper"),
    path("surat/<slug:code>/naskah.pdf", paper_views.paper_pdf, name="paper_pdf"),
    path("surat/<slug:code>/pindaian/<int:pk>/", paper_views.paper_scan, name="paper_scan"),
    path("surat/<slug:code>/pindaian/", paper_views.sign, name="sign"),
    path("surat/<slug:code>/serah/", paper_views.hand_over, name="hand_over"),
    path("surat/<slug:code>/batal/", paper_views.cancel, name="cancel"),
    # periksa/: for everybody
    path("periksa/", check_views.check, name="check"),
    path("periksa/<slug:code>/", check_views.check_code, name="check_code"),
    # bimbingan/: daftar hadir and timetable
    path("bimbingan/jadwal.pdf", session_views.week_sheet, name="week_sheet"),
    path("bimbingan/sesi/<int:pk>/daftar-hadir.pdf", session_views.session_sheet, name="session_sheet"),
    path("bimbingan/kegiatan/<int:pk>/daftar-hadir.pdf", session_views.month_sheet, name="month_sheet"),
    # supervisi/: what supervisors said, as a list and on paper
    path("supervisi/catatan/diberikan/", supervision_views.supervisions, name="supervisions"),
    path("supervisi/catatan/diberikan.pdf", supervision_views.supervisions_pdf, name="supervisions_pdf"),
    path("supervisi/sesi/<int:pk>/catatan/<int:review>.pdf", supervision_views.review_pdf, name="review_pdf"),
    # rujukan/: its letter
    path("rujukan/<int:pk>/surat.pdf", referral_views.referral_pdf, name="referral_pdf"),
    # laporan/: of the UPT
    path("laporan/", views.index, name="index"),
    path("binjut/formulir.pdf", aftercare_views.visit_form_pdf, name="visit_form_pdf"),
    path("laporan/hasil/", outcome_views.outcome, name="outcomes"),
    path("laporan/hasil/daftar.xlsx", outcome_views.outcome_table, name="outcome_table"),
    # pengaturan/: papers of a UPT that begins
    path("pengaturan/kasus-berjalan/<int:number>/berita-acara.pdf", start_views.opening_pdf, name="opening_pdf"),
    path("pengaturan/mulai/contoh-naskah.pdf", start_views.letterhead, name="letterhead"),
    path("laporan/bulanan/<int:year>/<int:month>/", month_views.month, name="monthly"),
    path("laporan/bulanan/<int:year>/<int:month>/laporan.pdf", month_views.month_pdf, name="monthly_pdf"),
    path("laporan/bulanan/<int:year>/<int:month>/kelengkapan/", month_views.month_gaps, name="month_gaps"),
    path("laporan/bulanan/<int:year>/<int:month>/uraian/", month_views.month_words, name="month_words"),
    path("laporan/bulanan/<int:year>/<int:month>/bekukan/", month_views.month_freeze, name="month_freeze"),
    # harian/: papers of the day book
    path("harian/kejadian/<int:pk>/berita-acara.pdf", daily_views.incident_pdf, name="incident_pdf"),
    path("harian/penghuni/<str:number>/izin/<int:pk>.pdf", daily_views.leave_pdf, name="leave_pdf"),
    path("harian/titipan/<str:number>/<int:pk>/tanda-terima.pdf", daily_views.deposit_pdf, name="deposit_pdf"),
]
