"""The words of referrals: institutions and what they offer, the course of a referral. A leaf."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PartnerKind(TextChoices):
    """What an institution is."""

    HOSPITAL = "hospital", _("Rumah sakit")
    CLINIC = "clinic", _("Puskesmas atau klinik")
    UPT = "upt", _("UPT atau balai rehabilitasi sosial")
    LKS = "lks", _("Lembaga kesejahteraan sosial (LKS)")
    OFFICE = "office", _("Dinas atau instansi pemerintah")
    SCHOOL = "school", _("Sekolah atau pesantren")
    TRAINING = "training", _("Balai latihan kerja atau lembaga kursus")
    LAW = "law", _("Penegak hukum atau bantuan hukum")
    BUSINESS = "business", _("Dunia usaha atau koperasi")
    COMMUNITY = "community", _("Organisasi atau kelompok masyarakat")


class PartnerService(TextChoices):
    """The needs that an institution answers; a referral looks for its receiver by them."""

    HEALTH = "health", _("Pengobatan dan perawatan")
    MENTAL_HEALTH = "mental_health", _("Kesehatan jiwa")
    DRUGS = "drugs", _("Rehabilitasi napza")
    THERAPY = "therapy", _("Terapi dan alat bantu disabilitas")
    RESIDENCE = "residence", _("Tempat tinggal dan pengasuhan")
    REHABILITATION = "rehabilitation", _("Rehabilitasi sosial lanjutan")
    EDUCATION = "education", _("Sekolah dan kejar paket")
    TRAINING = "training", _("Latihan keterampilan")
    WORK = "work", _("Penempatan kerja dan magang")
    BUSINESS = "business", _("Modal dan pendampingan usaha")
    LEGAL = "legal", _("Bantuan hukum")
    DOCUMENTS = "documents", _("Dokumen kependudukan")
    INSURANCE = "insurance", _("Jaminan dan bantuan sosial")
    FAMILY = "family", _("Pendampingan keluarga")
    SPIRITUAL = "spiritual", _("Pembinaan keagamaan")


class PackagePart(TextChoices):
    """What may go along with a letter; the worker ticks no more than the receiver needs."""

    IDENTITY = "identity", _("Identitas ringkas")
    PROBLEM = "problem", _("Rumusan masalah")
    NEEDS = "needs", _("Kebutuhan")
    PLAN = "plan", _("Rencana intervensi")
    PROGRESS = "progress", _("Perkembangan")
    HEALTH = "health", _("Keterangan kesehatan atau psikologi")


class CourseState(TextChoices):
    """Where a referral stands."""

    DRAFT = "draft", _("Draf")
    SENT = "sent", _("Dikirim")
    RECEIVED = "received", _("Diterima suratnya")
    ACCEPTED = "accepted", _("Diterima lembaga")
    REFUSED = "refused", _("Ditolak")
    NO_ANSWER = "no_answer", _("Tidak dijawab")
    ENDED = "ended", _("Selesai")
    CANCELLED = "cancelled", _("Dibatalkan")


class CourseAct(TextChoices):
    """What happens in the course of a referral; each a row that is added."""

    DESIGNED = "designed", _("Rujukan disusun")
    OVERRIDDEN = "overridden", _("Dilanjutkan tanpa persetujuan")
    SENT = "sent", _("Surat dikirim")
    RECEIVED = "received", _("Surat diterima lembaga")
    ACCEPTED = "accepted", _("Lembaga menerima")
    REFUSED = "refused", _("Lembaga menolak")
    NO_ANSWER = "no_answer", _("Dinyatakan tidak dijawab")
    ENDED = "ended", _("Hasil rujukan")
    CANCELLED = "cancelled", _("Rujukan dibatalkan")
    OBSTACLE = "obstacle", _("Hambatan")
    SUPERVISED = "supervised", _("Supervisi")
    REPORTED = "reported", _("Laporan rujukan")
