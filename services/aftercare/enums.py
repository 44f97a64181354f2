"""The words of bimbingan lanjut: how a former client lives, why nobody was met. A leaf."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Living(TextChoices):
    """With whom or where."""

    FAMILY = "family", _("Bersama keluarga")
    RELATIVES = "relatives", _("Bersama kerabat")
    FOSTER = "foster", _("Pengasuhan pengganti")
    ALONE = "alone", _("Sendiri, kos, atau kontrak")
    INSTITUTION = "institution", _("Panti, asrama, atau pesantren")
    DETAINED = "detained", _("Ditahan atau dipidana")
    STREET = "street", _("Jalanan atau tidak menetap")
    UNKNOWN = "unknown", _("Tidak diketahui")

    @classmethod
    def home(cls) -> tuple["Living", ...]:
        return cls.FAMILY, cls.RELATIVES


class Acceptance(TextChoices):
    """How the family takes them."""

    ACCEPTED = "accepted", _("Diterima baik")
    PARTLY = "partly", _("Diterima sebagian")
    REJECTED = "rejected", _("Ditolak")
    NO_FAMILY = "no_family", _("Tidak ada keluarga")
    UNKNOWN = "unknown", _("Tidak diketahui")


class Pursuit(TextChoices):
    """School or work."""

    SCHOOL = "school", _("Sekolah, kuliah, atau kursus")
    WORK = "work", _("Bekerja")
    BUSINESS = "business", _("Usaha sendiri")
    BOTH = "both", _("Sekolah sambil bekerja")
    SEEKING = "seeking", _("Mencari kerja")
    HOUSEHOLD = "household", _("Mengurus rumah tangga")
    UNABLE = "unable", _("Belum mampu beraktivitas")
    IDLE = "idle", _("Tidak ada kegiatan")
    UNKNOWN = "unknown", _("Tidak diketahui")

    @classmethod
    def busy(cls) -> tuple["Pursuit", ...]:
        """Those who work or study."""
        return cls.SCHOOL, cls.WORK, cls.BUSINESS, cls.BOTH


class Standing(TextChoices):
    """How the neighbourhood takes them."""

    TAKES_PART = "takes_part", _("Diterima dan ikut kegiatan")
    QUIET = "quiet", _("Diterima, belum ikut kegiatan")
    SHUNNED = "shunned", _("Dijauhi atau ditolak")
    UNKNOWN = "unknown", _("Tidak diketahui")


class MissReason(TextChoices):
    """Why nobody was met."""

    NOT_HOME = "not_home", _("Tidak di rumah")
    MOVED = "moved", _("Pindah tempat tinggal")
    NOT_FOUND = "not_found", _("Alamat tidak ditemukan")
    REFUSED = "refused", _("Menolak ditemui")
    OTHER = "other", _("Sebab lain")


class AidKind(TextChoices):
    """What business aid consists of."""

    TOOLS = "tools", _("Peralatan usaha")
    STOCK = "stock", _("Bahan atau barang dagangan")
    LIVESTOCK = "livestock", _("Ternak atau bibit")
    CASH = "cash", _("Modal uang")
    OTHER = "other", _("Lainnya")


class AssetState(TextChoices):
    """What became of it."""

    GOOD = "good", _("Ada dan dipakai")
    IDLE = "idle", _("Ada, tidak dipakai")
    DAMAGED = "damaged", _("Rusak")
    SOLD = "sold", _("Dijual atau digadaikan")
    LOST = "lost", _("Hilang atau habis")


class BusinessState(TextChoices):
    """How the business goes."""

    GROWING = "growing", _("Berkembang")
    RUNNING = "running", _("Berjalan")
    STALLED = "stalled", _("Tersendat")
    STOPPED = "stopped", _("Berhenti")


class LinkResult(TextChoices):
    """What came of a link to a resource."""

    WAITING = "waiting", _("Menunggu jawaban")
    CONNECTED = "connected", _("Terhubung, pelayanan diterima")
    DECLINED = "declined", _("Tidak dapat dilayani")
    DROPPED = "dropped", _("Tidak dilanjutkan eks klien")
