"""The pages of services."""

from django.urls import include, path

from services.views import (
    activity,
    acts,
    arrears,
    beds,
    case,
    catalogue,
    client,
    earlier,
    exits,
    facility,
    file,
    handover,
    later,
    many,
    merging,
    opening,
    overview,
    person_trail,
    progress,
    record,
    saved,
    stage,
    supervision,
    transfers,
)

app_name = "services"

urlpatterns = [
    path("", overview.home, name="home"),
    # klien/: the register
    path("klien/", client.client_list, name="client_list"),
    path("klien/baru/", client.client_new, name="client_new"),
    path("klien/<str:number>/", client.client, name="client"),
    path("klien/<str:number>/nik/", client.client_nik, name="client_nik"),
    path("klien/<str:number>/gabung/", merging.client_merge, name="client_merge"),
    path("klien/<str:number>/ubah/", client.client_edit, name="client_edit"),
    path("klien/<str:number>/kasus-baru/", client.case_new, name="case_new"),
    # kasus/: the list
    path("kasus/", overview.case_list, name="case_list"),
    path("kasus/filter/", saved.filters, name="filters"),
    path("kasus/filter/<int:pk>/hapus/", saved.filter_drop, name="filter_drop"),
    # kasus/<nomor>/: one case, each tab its own address
    path("kasus/<str:number>/", case.case, name="case"),
    path("kasus/<str:number>/tahap/", case.case_stages, name="case_stages"),
    path("kasus/<str:number>/catatan/", case.case_notes, name="case_notes"),
    path("kasus/<str:number>/rencana/", case.case_plan, name="case_plan"),
    path("kasus/<str:number>/bimbingan/", case.case_sessions, name="case_sessions"),
    path("kasus/<str:number>/jejak/", case.case_trail, name="case_trail"),
    path("kasus/<str:number>/petugas/", case.case_assign, name="case_assign"),
    path("kasus/<str:number>/mundur/", acts.send_back, name="send_back"),
    # kasus/<nomor>/keluar/: leaving outside the order of the stages, coming back, undoing
    path("kasus/<str:number>/keluar/", exits.leaving, name="leaving"),
    path("kasus/<str:number>/keluar/berita-acara/", exits.minutes, name="minutes"),
    path("kasus/<str:number>/keluar/ajukan/", exits.propose, name="exit_propose"),
    path("kasus/<str:number>/keluar/kembali/", exits.come_back, name="come_back"),
    path("kasus/<str:number>/pembatalan/", exits.reverse, name="reverse"),
    # kasus/<nomor>/mutasi/ and mutasi/: from one UPT to another
    path("kasus/<str:number>/mutasi/", transfers.transfer_new, name="transfer_new"),
    path("mutasi/", transfers.transfers, name="transfers"),
    path("mutasi/<int:pk>/", transfers.package, name="package"),
    path("mutasi/<int:pk>/terima/", transfers.transfer_accept, name="transfer_accept"),
    path("mutasi/<int:pk>/tolak/", transfers.transfer_refuse, name="transfer_refuse"),
    path("mutasi/<int:pk>/batalkan/", transfers.transfer_revoke, name="transfer_revoke"),
    # kasus/<nomor>/…: what comes outside its time
    path("kasus/<str:number>/darurat/", later.admit, name="admit"),
    path("kasus/<str:number>/versi-baru/", later.revise, name="revise"),
    path("kasus/<str:number>/tahap/<slug:stage>/menyusul/", later.waive, name="waive"),
    path("kasus/<str:number>/tahap/<slug:stage>/catatan-tambahan/", later.addendum, name="addendum"),
    path("kasus/<str:number>/tahap/<slug:stage>/sebelum-sistem/", earlier.earlier_scan, name="earlier_scan"),
    # kasus/<nomor>/tahap/<tahap>/: one stage, its records, and the acts on it
    path("kasus/<str:number>/tahap/<slug:stage>/", stage.stage, name="stage"),
    path("kasus/<str:number>/tahap/<slug:stage>/isi/<slug:slug>/", record.record_new, name="record_new"),
    path("kasus/<str:number>/tahap/<slug:stage>/isi/<slug:slug>/<int:pk>/", record.record, name="record"),
    path("kasus/<str:number>/tahap/<slug:stage>/ajukan/", acts.submit, name="submit"),
    path("kasus/<str:number>/tahap/<slug:stage>/usulkan/", acts.decide, name="decide"),
    path("kasus/<str:number>/tahap/<slug:stage>/tarik/", acts.withdraw, name="withdraw"),
    path("kasus/<str:number>/tahap/<slug:stage>/supervisi/", acts.supervise, name="supervise"),
    path("kasus/<str:number>/tahap/<slug:stage>/putuskan/", acts.approve_or_return, name="approve_or_return"),
    path("kasus/<str:number>/tahap/<slug:stage>/sahkan/", acts.endorse_or_return, name="endorse_or_return"),
    # sarana/: houses, rooms, beds; kasus/<nomor>/kamar/: the bed of a client
    path("sarana/", facility.sarana, name="sarana"),
    path("sarana/asrama/baru/", facility.house_new, name="house_new"),
    path("sarana/asrama/<int:pk>/", facility.house, name="house"),
    path("sarana/asrama/<int:pk>/ubah/", facility.house_edit, name="house_edit"),
    path("sarana/asrama/<int:pk>/kamar/", facility.house_rooms, name="house_rooms"),
    path("sarana/asrama/<int:pk>/tempat-tidur/", facility.house_beds, name="house_beds"),
    path("sarana/asrama/<int:pk>/henti/", facility.house_retire, name="house_retire"),
    path("kasus/<str:number>/kamar/", beds.bed, name="bed"),
    path("kasus/<str:number>/kamar/tukar/", beds.bed_swap, name="bed_swap"),
    # tunggakan/: what is owed
    path("tunggakan/", arrears.arrears, name="arrears"),
    # perkembangan/: the sheets that are wanted
    path("perkembangan/", progress.sheets_due, name="sheets_due"),
    # supervisi/: the queue
    path("supervisi/", supervision.supervision, name="supervision"),
    path("supervisi/banyak/", many.supervise_many, name="supervise_many"),
    path("supervisi/putuskan/", many.decide_many, name="decide_many"),
    # kegiatan/: one's own work, and the files that prove it
    path("kegiatan/", activity.activity_list, name="activity_list"),
    path("kegiatan/baru/", activity.activity_new, name="activity_new"),
    path("kegiatan/<int:pk>/", activity.activity, name="activity"),
    path("berkas/<uuid:pk>/", file.file, name="file"),
    # what one person did and read
    path("akun/jejak/", person_trail.own_trail, name="own_trail"),
    path("pengaturan/petugas/<int:pk>/jejak/", person_trail.person_trail, name="person_trail"),
    # pengaturan/: what of the settings is about cases
    path("pengaturan/serah-tugas/", handover.handover, name="handover"),
    path("pengaturan/kasus-berjalan/", opening.opening, name="opening"),
    path("pengaturan/kasus-berjalan/templat.xlsx", opening.opening_template, name="opening_template"),
    path("pengaturan/kasus-berjalan/unggah/", opening.opening_upload, name="opening_upload"),
    path("pengaturan/kasus-berjalan/pratinjau/", opening.opening_preview, name="opening_preview"),
    path("pengaturan/kasus-berjalan/perbaiki.xlsx", opening.opening_wrong, name="opening_wrong"),
    path("pengaturan/kasus-berjalan/<int:number>/", opening.opening_list, name="opening_list"),
    path("katalog/", catalogue.catalogue, name="catalogue"),
    # pengaturan/mulai/: a UPT begins
    path("", include("services.start_urls")),
    # bimbingan/ and pengaturan/kegiatan/: activities, timetable, sessions
    path("", include("services.programme_urls")),
    # kasus/<nomor>/dokumen/, foto/: documents and photos
    path("", include("services.document_urls")),
    # kotak/, perorangan/, bagian/, hambatan/, agenda-sidang/, catatan-proses/: tasks and the work with one client
    path("", include("services.individual_urls")),
    # harian/: the day book of everybody on duty
    path("", include("services.daily_urls")),
    # sosialisasi/: outreach
    path("", include("services.outreach_urls")),
    # harian/titipan/ and sarana/alat/: what clients leave with the UPT, and its tools
    path("", include("services.belongings_urls")),
    # lembaga/ and rujukan/: institutions, and what is referred to them
    path("", include("services.referral_urls")),
    # penunjang/: supporting work
    path("", include("services.supporting_urls")),
    # binjut/: former clients
    path("", include("services.aftercare.urls")),
]
