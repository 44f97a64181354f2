"""Stage A, pendekatan awal: checklist, interview, notices, agreement, placement, referral at selection."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.enums import Stage
from services.enums import Eligible, Presence, Recipient, Reply, Signer, Told
from services.models.record import RecordPart, StageRecord


class AdminChecklist(StageRecord):
    """A.u: every requirement of the UPT's own list, marked."""

    slug = "ceklis"
    home = Stage.INTAKE
    title = _("Ceklis administrasi")
    codes = ("A.u",)

    note = models.TextField(_("catatan"), max_length=2000, blank=True, default="")

    def parts(self):
        return list(self.items.all())

    def lacks(self):
        return [
            str(_("Persyaratan “%s” belum ada") % item.label)
            for item in self.items.all()
            if item.presence == Presence.ABSENT
        ]


class ChecklistItem(RecordPart):
    record = models.ForeignKey(AdminChecklist, models.CASCADE, related_name="items")
    presence = models.CharField(_("keadaan"), max_length=12, choices=Presence)
    number = models.CharField(_("nomor"), max_length=80, blank=True, default="")
    dated_on = models.DateField(_("tanggal surat"), null=True, blank=True)


class Eligibility(StageRecord):
    """A.v: the interview that finds whether a candidate qualifies, and what the interviewers propose."""

    slug = "kelayakan"
    home = Stage.INTAKE
    title = _("Wawancara dan penentuan kelayakan")
    codes = ("A.v",)

    interviewers = models.CharField(_("pewawancara"), max_length=300)
    findings = models.TextField(_("hasil wawancara"), max_length=8000)
    proposal = models.CharField(_("usulan"), max_length=14, choices=Eligible)
    reasons = models.TextField(_("alasan"), max_length=4000)


class Notice(StageRecord):
    """A.w: candidate, family and sender are told the result, or there is nobody to tell."""

    slug = "pemberitahuan"
    home = Stage.INTAKE
    title = _("Pemberitahuan hasil seleksi")
    codes = ("A.w",)
    is_single = False

    result = models.TextField(_("isi pemberitahuan"), max_length=2000)

    def parts(self):
        return list(self.recipients.all())

    def lacks(self):
        rows = self.recipients.all()
        missing = [
            str(_("Pemberitahuan kepada %s belum ditulis") % who.lower())
            for who in NoticeRecipient.absent(rows, Recipient)
        ]
        return missing + [
            str(_("Pemberitahuan kepada %s: tulis alasan mengapa tidak ada") % row.label.lower())
            for row in rows
            if row.told == Told.NONE and not row.reason
        ]


class NoticeRecipient(RecordPart):
    record = models.ForeignKey(Notice, models.CASCADE, related_name="recipients")
    key = models.CharField(max_length=40, choices=Recipient)
    told = models.CharField(_("keadaan"), max_length=10, choices=Told)
    told_on = models.DateField(_("tanggal"), null=True, blank=True)
    manner = models.CharField(_("cara"), max_length=120, blank=True, default="")
    reason = models.CharField(_("alasan bila tidak ada"), max_length=300, blank=True, default="")


class SignedByClient(StageRecord):
    """A paper that the client's side signs, in one of five ways; two witnesses where they cannot or will not."""

    signer = models.CharField(_("cara tanda tangan"), max_length=12, choices=Signer)
    signer_name = models.CharField(_("nama penanda tangan"), max_length=120)
    witness_1 = models.CharField(_("saksi pertama"), max_length=120, blank=True, default="")
    witness_2 = models.CharField(_("saksi kedua"), max_length=120, blank=True, default="")

    class Meta(StageRecord.Meta):
        abstract = True

    def lacks(self):
        if self.signer in Signer.with_witnesses() and not (self.witness_1 and self.witness_2):
            return [str(_("%s: isi nama dua saksi") % self.title)]
        return []


class Agreement(SignedByClient):
    """A.bb: rights and duties, agreed with the client; a data notice is given with it."""

    slug = "kesepakatan"
    home = Stage.INTAKE
    title = _("Surat kesepakatan")
    codes = ("A.bb",)

    number = models.CharField(_("nomor surat"), max_length=80, blank=True, default="")
    client_rights = models.TextField(_("hak klien"), max_length=4000)
    client_duties = models.TextField(_("kewajiban klien"), max_length=4000)
    upt_duties = models.TextField(_("kewajiban UPT"), max_length=4000)
    months = models.PositiveSmallIntegerField(_("jangka waktu (bulan)"), null=True, blank=True)
    is_data_notice_given = models.BooleanField(_("pemberitahuan pengolahan data sudah diberikan"), default=False)

    def lacks(self):
        missing = super().lacks()
        if not self.is_data_notice_given:
            missing.append(str(_("Surat kesepakatan: pemberitahuan pengolahan data belum diberikan")))
        return missing


class Placement(StageRecord):
    """A.dd: where the client lives or takes part from which day; saving it starts the stay."""

    slug = "penempatan"
    home = Stage.INTAKE
    title = _("Penempatan")
    codes = ("A.dd",)

    decree = models.CharField(_("nomor SK atau berita acara"), max_length=80, blank=True, default="")
    house = models.CharField(_("asrama/wisma"), max_length=80, blank=True, default="")
    room = models.CharField(_("kamar"), max_length=40, blank=True, default="")
    bed = models.CharField(_("tempat tidur"), max_length=20, blank=True, default="")
    exception = models.CharField(_("alasan menyimpang dari aturan usia"), max_length=300, blank=True, default="")
    programme = models.CharField(_("program atau kelas"), max_length=160, blank=True, default="")
    belongings = models.TextField(_("barang titipan"), max_length=2000, blank=True, default="")

    def content(self):
        """What is judged; an exception that nobody needed is not part of it."""
        content = super().content()
        return content if self.exception else {name: value for name, value in content.items() if name != "exception"}


class ReferralRecord(StageRecord):
    """A referral: to whom, why, with whose consent, and what the receiver answered."""

    receiver = models.CharField(_("lembaga tujuan"), max_length=160)
    receiver_address = models.CharField(_("alamat lembaga"), max_length=300, blank=True, default="")
    need = models.TextField(_("kebutuhan yang dirujuk"), max_length=4000)
    reason = models.TextField(_("alasan rujukan"), max_length=4000)
    summary = models.TextField(_("ringkasan yang dibagikan"), max_length=8000)
    is_consented = models.BooleanField(_("klien atau wali menyetujui datanya dibagikan"), default=False)
    letter_number = models.CharField(_("nomor surat rujukan"), max_length=80, blank=True, default="")
    sent_on = models.DateField(_("tanggal dikirim"), null=True, blank=True)
    reply = models.CharField(_("jawaban"), max_length=10, choices=Reply, default=Reply.WAITING)
    reply_on = models.DateField(_("tanggal jawaban"), null=True, blank=True)
    reply_note = models.CharField(_("isi jawaban"), max_length=300, blank=True, default="")

    class Meta(StageRecord.Meta):
        abstract = True

    def lacks(self):
        missing = []
        if not self.is_consented:
            missing.append(str(_("Rujukan: persetujuan klien untuk berbagi data belum ada")))
        if not self.sent_on:
            missing.append(str(_("Rujukan: belum dikirim")))
        if self.reply == Reply.WAITING:
            missing.append(str(_("Rujukan: jawaban lembaga tujuan belum dicatat")))
        return missing


class CandidateReferral(ReferralRecord):
    """A.x: a candidate who is better served elsewhere."""

    slug = "rujukan-calon"
    home = Stage.INTAKE
    title = _("Rujukan calon klien")
    codes = ("A.x",)
