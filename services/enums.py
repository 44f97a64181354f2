"""The words of the services: requests, decisions, sign-offs, records. A leaf."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What is asked for: the end of a stage, or one of the decisions inside a stage."""

    STAGE = "stage", _("Akhir tahap")
    SELECTION = "selection", _("Seleksi")
    CLOSING = "closing", _("Penutupan")
    EXIT = "exit", _("Keluar")
    REVERSAL = "reversal", _("Pembatalan keputusan")
    TRANSFER = "transfer", _("Mutasi ke UPT lain")


class State(TextChoices):
    """Where a request stands."""

    SUBMITTED = "submitted", _("Diajukan")
    WITHDRAWN = "withdrawn", _("Ditarik")
    RETURNED = "returned", _("Dikembalikan untuk diperbaiki")
    AWAITING_HEAD = "awaiting_head", _("Menunggu pengesahan")
    APPROVED = "approved", _("Disetujui supervisor")
    ENDORSED = "endorsed", _("Disahkan")

    @classmethod
    def waiting(cls) -> tuple["State", "State"]:
        """The states in which a request freezes its stage."""
        return cls.SUBMITTED, cls.AWAITING_HEAD


class Act(TextChoices):
    """What somebody did with a request."""

    SUBMIT = "submit", _("Diajukan")
    WITHDRAW = "withdraw", _("Ditarik")
    APPROVE = "approve", _("Disetujui")
    RETURN = "return", _("Dikembalikan")
    ENDORSE = "endorse", _("Disahkan")


class Move(TextChoices):
    """The kinds of transition."""

    OPEN = "open", _("Dibuka")
    OPENING = "opening", _("Saldo awal")
    FORWARD = "forward", _("Maju")
    SEND_BACK = "send_back", _("Mundur tahap")
    CONTINUE = "continue", _("Lanjut putaran")
    CLOSE = "close", _("Ditutup")
    EXIT = "exit", _("Keluar")
    RETURN = "return", _("Kembali")
    REVERSE = "reverse", _("Keputusan dibatalkan")


class Verdict(TextChoices):
    APPROVED = "approved", _("Disetujui")
    RETURNED = "returned", _("Dikembalikan")


class Presence(TextChoices):
    """A requirement on the administration checklist."""

    PRESENT = "present", _("Ada")
    ABSENT = "absent", _("Belum ada")
    NOT_NEEDED = "not_needed", _("Tidak perlu")


class Eligible(TextChoices):
    ACCEPTED = "accepted", _("Layak diterima")
    WAITING_LIST = "waiting_list", _("Layak, daftar tunggu")
    NOT_ELIGIBLE = "not_eligible", _("Tidak layak")
    REFERRED = "referred", _("Dirujuk ke lembaga lain")


class Told(TextChoices):
    """Whether a party was told the result of the selection."""

    TOLD = "told", _("Disampaikan")
    NONE = "none", _("Tidak ada")


class Recipient(TextChoices):
    CANDIDATE = "candidate", _("Calon klien")
    FAMILY = "family", _("Keluarga")
    SENDER = "sender", _("Lembaga pengirim")


class Signer(TextChoices):
    """How the client's side signs."""

    CLIENT = "client", _("Klien menandatangani")
    GUARDIAN = "guardian", _("Wali menandatangani")
    THUMBPRINT = "thumbprint", _("Cap jempol")
    UNABLE = "unable", _("Tidak mampu, dengan dua saksi")
    REFUSED = "refused", _("Menolak, dengan dua saksi")

    @classmethod
    def with_witnesses(cls) -> tuple["Signer", "Signer"]:
        return cls.UNABLE, cls.REFUSED


class ConferenceKind(TextChoices):
    ASSESSMENT = "assessment", _("Asesmen")
    BOTH = "assessment_planning", _("Asesmen & rencana")
    PLANNING = "planning", _("Rencana")
    EVALUATION = "evaluation", _("Evaluasi")


class GoalState(TextChoices):
    """Where a goal of the plan stands at the end of a period."""

    NOT_BEGUN = "not_begun", _("Belum dimulai")
    RUNNING = "running", _("Berjalan")
    STALLED = "stalled", _("Terhambat")
    ACHIEVED = "achieved", _("Tercapai")


class Achievement(TextChoices):
    ACHIEVED = "achieved", _("Tercapai")
    PARTLY = "partly", _("Tercapai sebagian")
    NOT = "not", _("Belum tercapai")


class Ready(TextChoices):
    READY = "ready", _("Siap")
    PARTLY = "partly", _("Perlu dukungan")
    NOT = "not", _("Belum siap")
    NOT_RELEVANT = "not_relevant", _("Tidak berlaku")


class ReadinessItem(TextChoices):
    FAMILY = "family", _("Keluarga menerima")
    HOME = "home", _("Tempat tinggal")
    WORK = "work", _("Sekolah atau pekerjaan")
    DOCUMENTS = "documents", _("Dokumen kependudukan")
    HEALTH = "health", _("Kesehatan")
    RELAPSE = "relapse", _("Rencana mencegah kekambuhan")


class Reply(TextChoices):
    """What the receiver of a referral said."""

    WAITING = "waiting", _("Belum dijawab")
    ACCEPTED = "accepted", _("Diterima")
    REFUSED = "refused", _("Ditolak")
    NO_ANSWER = "no_answer", _("Tidak ada jawaban")


class Relapse(TextChoices):
    NONE = "none", _("Tidak ada")
    SUSPECTED = "suspected", _("Diduga")
    YES = "yes", _("Ada")
    NOT_RELEVANT = "not_relevant", _("Tidak berlaku")


class ArrearKind(TextChoices):
    """Why a paper may follow later."""

    WAIVER = "waiver", _("Persetujuan menyusul")
    EXIT = "exit", _("Sesudah klien keluar")
    EMERGENCY = "emergency", _("Penerimaan darurat")


class TransferState(TextChoices):
    PROPOSED = "proposed", _("Diusulkan")
    SENT = "sent", _("Ditawarkan")
    ACCEPTED = "accepted", _("Diterima")
    REFUSED = "refused", _("Ditolak")
    REVOKED = "revoked", _("Dibatalkan")


class TaskSource(TextChoices):
    """What a task came out of."""

    OWN = "own", _("Penugasan")
    SUPERVISION = "supervision", _("Arahan supervisi")
    CONFERENCE = "conference", _("Tindak lanjut temu bahas")
    INCIDENT = "incident", _("Tindak lanjut kejadian")
    REFERRAL = "referral", _("Rujukan ke perawat atau psikolog")
    LETTER = "letter", _("Surat")


class TaskState(TextChoices):
    """Where a task stands."""

    OPEN = "open", _("Belum dijawab")
    ANSWERED = "answered", _("Sudah dijawab")
    CLOSED = "closed", _("Selesai")

    @classmethod
    def running(cls) -> tuple["TaskState", "TaskState"]:
        return cls.OPEN, cls.ANSWERED


class TaskAct(TextChoices):
    """What somebody did with a task."""

    ANSWER = "answer", _("Dijawab")
    AGAIN = "again", _("Diminta dilengkapi")
    CLOSE = "close", _("Ditutup")
    PASS_ON = "pass_on", _("Dialihkan")


class PresenceKind(TextChoices):
    """Where a resident is. None of them is an exit; being in the house is the absence of a row."""

    IN_HOUSE = "in_house", _("Di asrama")
    HOME_LEAVE = "home_leave", _("Cuti pulang")
    HOSPITAL = "hospital", _("Rawat inap")
    SCHOOL = "school", _("Sekolah")
    WORK_PRACTICE = "work_practice", _("PBK")
    WITH_LAW = "with_law", _("Sidang/dipinjam APH")
    NOT_BACK = "not_back", _("Belum kembali")


class RollCall(TextChoices):
    """Apel: when the residents are counted."""

    MORNING = "morning", _("Apel pagi")
    NOON = "noon", _("Apel siang")
    EVENING = "evening", _("Apel sore")
    NIGHT = "night", _("Apel malam")
    EXTRA = "extra", _("Apel mendadak")


class AlertKind(TextChoices):
    """What whoever is on duty has to know of a resident."""

    ALLERGY = "allergy", _("Alergi")
    DIET = "diet", _("Diet")
    RISK = "risk", _("Risiko")


class IncidentKind(TextChoices):
    FIGHT = "fight", _("Perkelahian atau kekerasan")
    INJURY = "injury", _("Kecelakaan atau cedera")
    SELF_HARM = "self_harm", _("Menyakiti diri")
    ILLNESS = "illness", _("Sakit mendadak")
    LEFT = "left", _("Pergi tanpa izin")
    THEFT = "theft", _("Pencurian atau kehilangan")
    DAMAGE = "damage", _("Perusakan barang")
    FORBIDDEN = "forbidden", _("Barang atau zat terlarang")
    ABUSE = "abuse", _("Perundungan atau pelecehan")
    FIRE = "fire", _("Kebakaran atau bencana")
    OTHER = "other", _("Lainnya")


class Severity(TextChoices):
    LIGHT = "light", _("Ringan")
    MEDIUM = "medium", _("Sedang")
    GRAVE = "grave", _("Berat")


class IncidentPart(TextChoices):
    """A resident's part in an incident."""

    INVOLVED = "involved", _("Terlibat")
    VICTIM = "victim", _("Korban")
    WITNESS = "witness", _("Saksi")


class CareKind(TextChoices):
    """What is given to residents day by day (D.b)."""

    FOOD = "food", _("Makan")
    CLOTHING = "clothing", _("Pakaian")
    HYGIENE = "hygiene", _("Perlengkapan kebersihan diri")
    BEDDING = "bedding", _("Perlengkapan tidur")
    GROOMING = "grooming", _("Potong rambut atau kuku")
    OTHER = "other", _("Lainnya")
