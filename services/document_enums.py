"""The words of documents: what kinds there are, and which of them are restricted whoever keeps them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DocumentKind(TextChoices):
    """What a document is."""

    FAMILY_CARD = "family_card", _("Kartu keluarga")
    ID_CARD = "id_card", _("KTP atau KIA")
    BIRTH = "birth", _("Akta kelahiran")
    SCHOOL = "school", _("Ijazah, rapor, surat sekolah")
    REFERENCE = "reference", _("Surat pengantar")
    ORDER = "order", _("Penetapan atau surat titipan")
    SOCIAL_REPORT = "social_report", _("Laporan sosial atau litmas")
    FAMILY = "family", _("Surat keluarga atau wali")
    INSURANCE = "insurance", _("Kartu BPJS atau KIS")
    HEALTH = "health", _("Surat atau hasil pemeriksaan kesehatan")
    DRUG_TEST = "drug_test", _("Hasil tes urine atau tes darah")
    PSYCHOLOGY = "psychology", _("Hasil pemeriksaan psikologi")
    OTHER = "other", _("Lainnya")


# Health, drugs and psychology are restricted by law; any other document may be marked so by whoever adds it.
ALWAYS_RESTRICTED = (DocumentKind.HEALTH, DocumentKind.DRUG_TEST, DocumentKind.PSYCHOLOGY)
