"""The trail of a case in words: what each verb and each page is called."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from audit import trail
from audit.models import Access, Entry
from services import records
from services.catalogue import CATALOGUE
from services.enums import Kind

VERBS = {
    "case.opened": _("Kasus dibuka"),
    "opening.imported": _("Diimpor sebagai saldo awal"),
    "opening.endorsed": _("Saldo awal disahkan"),
    "earlier.scan_added": _("Pindaian sebelum sistem dilampirkan"),
    "case.assigned": _("Pekerja sosial ditetapkan"),
    "caseload.handed_over": _("Kasus diserahkan kepada pekerja sosial lain"),
    "case.sent_back": _("Mundur tahap"),
    "case.departed": _("Klien dicatat keluar"),
    "case.came_back": _("Klien dicatat kembali"),
    "case.admitted_in_emergency": _("Penerimaan darurat"),
    "bed.moved": _("Pindah tempat tidur"),
    "bed.swapped": _("Bertukar tempat tidur"),
    "minutes.saved": _("Berita acara keluar disimpan"),
    "paper.waived": _("Persetujuan menyusul diberikan"),
    "addendum.added": _("Catatan tambahan ditulis"),
    "record.revised": _("Versi baru dimulai"),
    "transfer.revoked": _("Tawaran mutasi dibatalkan"),
    "transfer.refused": _("Mutasi ditolak penerima"),
    "transfer.accepted": _("Mutasi diterima"),
    "client.registered": _("Klien didaftarkan"),
    "client.corrected": _("Data klien diperbarui"),
    "record.saved": _("Isi tahap disimpan"),
    "activity.logged": _("Kegiatan dicatat"),
    "supervision.given": _("Supervisi diberikan"),
    "supervision.given_to_many": _("Supervisi diberikan, bersama kasus lain"),
    "request.submitted": _("Pengajuan dibuat"),
    "request.withdrawn": _("Pengajuan ditarik"),
    "request.approved": _("Pengajuan disetujui"),
    "request.returned": _("Pengajuan dikembalikan"),
    "request.endorsed": _("Keputusan disahkan"),
    "note.written": _("Catatan perorangan ditulis"),
    "note.corrected": _("Catatan perorangan diperbaiki"),
    "note.opened": _("Bagian terbatas dibuka dengan alasan"),
    "review.given": _("Supervisi atas catatan atau sesi"),
    "obstacle.named": _("Hambatan dicatat"),
    "obstacle.overcome": _("Hambatan teratasi"),
    "court.planned": _("Agenda sidang ditambahkan"),
    "court.settled": _("Hasil agenda sidang dicatat"),
    "process.saved": _("Catatan proses disimpan"),
    "task.given": _("Tugas diberikan"),
    "task.answered": _("Tugas dijawab"),
    "task.asked_again": _("Jawaban tugas diminta dilengkapi"),
    "task.closed": _("Tugas ditutup"),
    "session.saved": _("Kehadiran sesi dicatat"),
    "session.corrected": _("Kehadiran sesi dikoreksi"),
    "report.issued": _("Laporan diterbitkan"),
    "paper.issued": _("Naskah diterbitkan"),
    "paper.signed": _("Pindaian naskah bertanda tangan dilampirkan"),
    "paper.handed_over": _("Naskah diserahkan"),
    "paper.cancelled": _("Naskah dibatalkan"),
    "letter.received": _("Surat masuk dicatat"),
    "letter.scanned": _("Pindaian surat masuk dilampirkan"),
    "presence.out": _("Kehadiran: keluar dicatat"),
    "presence.in": _("Kehadiran: kembali ke asrama dicatat"),
    "presence.annulled": _("Kehadiran: catatan dibatalkan"),
    "shift_log.written": _("Buku jaga ditulis"),
    "head_count.signed": _("Apel: klien tidak ada"),
    "incident.recorded": _("Kejadian dicatat"),
    "incident.followed_up": _("Tindak lanjut kejadian dicatat"),
    "incident.closed": _("Kejadian ditutup"),
    "alert.added": _("Peringatan ditambahkan"),
    "alert.ended": _("Peringatan diakhiri"),
    "visit.noted": _("Kunjungan keluarga dicatat"),
    "sickness.noted": _("Catatan ruang sakit ditulis"),
    "deposit.taken_in": _("Titipan diterima"),
    "deposit.given_out": _("Titipan diserahkan"),
    "deposit.reversed": _("Catatan titipan dibatalkan"),
    "care.given": _("Pemeliharaan fisik dicatat"),
    "outreach.planned": _("Program sosialisasi disusun"),
    "outreach.plan_changed": _("Program sosialisasi diubah"),
    "outreach.paper_added": _("Berkas program sosialisasi ditambahkan"),
    "outreach.supervised": _("Supervisi sosialisasi diberikan"),
    "outreach.recorded": _("Kegiatan sosialisasi dicatat"),
    "outreach.participants_added": _("Peserta sosialisasi ditulis"),
    "outreach.participant_struck": _("Peserta sosialisasi dicoret"),
    "trail.erased": _("Isi jejak dihapus"),
}
PAGES = {
    "person_trail": _("Jejak petugas"),
    "case_table": _("Daftar kasus (XLSX)"),
    "monthly": _("Laporan bulanan"),
    "case": _("Ringkasan kasus"),
    "case_stages": _("Tahap"),
    "case_notes": _("Catatan"),
    "case_plan": _("Rencana"),
    "case_trail": _("Jejak"),
    "case_assign": _("Pekerja sosial"),
    "case_list": _("Daftar kasus"),
    "handover": _("Serah tugas"),
    "case_new": _("Formulir kasus baru"),
    "client": _("Data klien"),
    "client_nik": _("Data klien dengan NIK lengkap"),
    "client_edit": _("Formulir data klien"),
    "client_new": _("Pemeriksaan klien serupa"),
    "client_list": _("Daftar klien"),
    "home": _("Beranda"),
    "stage": _("Halaman tahap"),
    "record": _("Isi tahap"),
    "record_new": _("Formulir isi tahap"),
    "activity": _("Catatan kegiatan"),
    "activity_list": _("Daftar kegiatan"),
    "activity_new": _("Formulir kegiatan"),
    "supervision": _("Antrean supervisi"),
    "supervise_many": _("Supervisi banyak kasus"),
    "decide_many": _("Keputusan banyak pengajuan"),
    "stage_pdf": _("Laporan tahap (PDF)"),
    "sarana": _("Sarana"),
    "house": _("Halaman asrama"),
    "bed": _("Kamar klien"),
    "leaving": _("Halaman keluar"),
    "departure_pdf": _("Berita acara keluar (PDF)"),
    "arrears": _("Tunggakan"),
    "inbox": _("Kotak masuk"),
    "case_work": _("Catatan perorangan"),
    "note": _("Catatan perorangan"),
    "note_new": _("Formulir catatan perorangan"),
    "part": _("Bagian perawat atau psikolog"),
    "parts": _("Daftar bagian perawat atau psikolog"),
    "obstacles": _("Daftar hambatan"),
    "obstacle": _("Hambatan"),
    "obstacle_new": _("Formulir hambatan"),
    "court_list": _("Agenda sidang"),
    "court": _("Agenda sidang"),
    "court_new": _("Formulir agenda sidang"),
    "process_record": _("Catatan proses"),
    "process_new": _("Formulir catatan proses"),
    "follow_ups": _("Arahan supervisi"),
    "task": _("Tugas"),
    "transfer_new": _("Halaman mutasi"),
    "transfers": _("Daftar mutasi"),
    "package": _("Berkas mutasi"),
    "file": _("Berkas"),
    "opening_preview": _("Pratinjau kasus berjalan"),
    "opening_list": _("Daftar saldo awal"),
    "case_papers": _("Surat kasus"),
    "draft_pdf": _("Konsep naskah (PDF)"),
    "paper": _("Halaman naskah"),
    "paper_pdf": _("Naskah terbit (PDF)"),
    "paper_scan": _("Pindaian naskah"),
    "letters": _("Buku surat"),
    "place_many": _("SK penempatan bersama"),
    "session": _("Kehadiran sesi"),
    "session_new": _("Formulir sesi"),
    "slot": _("Formulir jadwal"),
    "case_sessions": _("Bimbingan"),
    "session_cancel": _("Formulir pembatalan sesi"),
    "session_sheet": _("Daftar hadir (PDF)"),
    "month_sheet": _("Daftar hadir bulanan (PDF)"),
    "daily": _("Buku harian: penghuni"),
    "resident": _("Buku harian: seorang penghuni"),
    "head_count_new": _("Buku harian: apel"),
    "head_count": _("Buku harian: hasil apel"),
    "shift_logs": _("Buku harian: buku jaga"),
    "shift_log_new": _("Buku harian: menulis buku jaga"),
    "shift_log": _("Buku harian: buku jaga"),
    "care_new": _("Buku harian: pemeliharaan fisik"),
    "incidents": _("Buku harian: daftar kejadian"),
    "incident_new": _("Buku harian: formulir kejadian"),
    "incident": _("Buku harian: kejadian"),
    "incident_pdf": _("Berita acara kejadian (PDF)"),
    "visits": _("Buku harian: kunjungan"),
    "sick_bay": _("Buku harian: ruang sakit"),
    "leave_pdf": _("Surat izin pulang (PDF)"),
    "case_daily": _("Harian"),
    "outreach_event": _("Kegiatan sosialisasi"),
    "deposits": _("Buku harian: titipan"),
    "deposit_book": _("Buku titipan klien"),
    "deposit_in": _("Formulir terima titipan"),
    "deposit_out": _("Formulir serah titipan"),
    "deposit_scan": _("Tanda tangan titipan"),
    "deposit_pdf": _("Tanda terima titipan (PDF)"),
    "case_deposits": _("Titipan"),
}
TITLES = {kind._meta.model_name: kind.title for kind in records.RECORDS}


def entry(row: Entry) -> dict[str, object]:
    """One act: when, who, what, about what, why."""
    told = row.told
    data = told.data if told else {}
    return {
        "at": row.at,
        "who": (told.actor_label or _("Sistem")) if told else _("(dihapus)"),
        "what": VERBS.get(row.verb, row.verb),
        "about": _about(row.verb, data, told.subjects) if told else "",
        "reason": told.reason if told else "",
        "seq": row.seq,
    }


def access(row: Access) -> dict[str, object]:
    """One reading: when, who, which page."""
    return {"at": row.at, "who": row.actor_label, "page": PAGES.get(row.page, row.page)}


def _about(verb: str, data: dict[str, Any], subjects: list[trail.Subject]) -> Any:
    """The record, activity, kind of request or person that an act was about."""
    if verb == "case.assigned":
        return next((subject.label for subject in subjects if subject.kind == "user"), "")
    if verb.startswith("paper."):
        named = next((subject.label for subject in subjects if subject.kind == "paper"), "")
        return " · ".join(filter(None, (data.get("title", ""), named)))
    if data.get("kind") in Kind:
        return Kind(data["kind"]).label
    code = data.get("code", "")
    return TITLES.get(data.get("record", "")) or (CATALOGUE[code].label if code in CATALOGUE else code)
