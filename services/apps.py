"""The app of what we do; brings its system checks, says what rests on a member of staff."""

from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _

from services.checks import catalogue_is_whole, codes_are_known


class ServicesConfig(AppConfig):
    name = "services"
    append_only_tables = (
        "services_transition",
        "services_decision",
        "services_supervision",
        "services_addendum",
        "services_openingentry",
        "services_earlierstage",
        "services_earlierscan",
        "services_headcount",
        "services_headcountmissing",
        "services_shiftlogrevision",
        "services_incidentfollowup",
        "services_taskstep",
        "services_note",
        "services_noteopening",
        "services_review",
        "services_obstacleeffort",
        "services_sessioncorrection",
        "services_casedocument",
        "services_documentwithdrawal",
        "services_clientphoto",
        "services_restrictedopening",
        "services_placementorder",
        "services_frozenmonth",
        "services_outreachevent",
        "services_outreachpaper",
        "services_outreachsupervision",
        "services_depositmovement",
        "services_deposititem",
        "services_depositgiven",
        "services_toolcare",
        "services_referralstep",
        "services_aftercareschedule",
        "services_aidcheck",
    )
    follows_settings = ("services.aftercare.following.settings_changed",)
    duties = (
        (_("Pengajuan yang menunggu jawaban"), "services.duties.waiting_requests_of"),
        (_("Tugas yang belum dijawab"), "services.duties.open_tasks_of"),
    )

    def ready(self) -> None:
        register(catalogue_is_whole)
        register(codes_are_known)
