"""Stage C, rencana: goals per bimbingan with the six resources, and the client's agreement."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.enums import Bimbingan, Stage
from services.catalogue import CATALOGUE
from services.models.intake import SignedByClient
from services.models.record import StageRecord

PLAN_CODES = {
    Bimbingan(item.bimbingan[0]): item.code
    for item in CATALOGUE.values()
    if item.code.startswith("C.") and item.kind == "conduct"
}


class Goal(StageRecord):
    """One goal of the plan, in one bimbingan (C.b–C.h), with the six resources the document names."""

    slug = "tujuan"
    home = Stage.PLANNING
    title = _("Tujuan rencana")
    codes = tuple(PLAN_CODES.values())
    is_single = False
    edition_of = "plan_edition"

    bimbingan = models.CharField(_("bimbingan"), max_length=24, choices=Bimbingan)
    problem = models.TextField(_("masalah atau kebutuhan"), max_length=2000)
    goal = models.CharField(_("tujuan"), max_length=300)
    indicator = models.CharField(_("indikator keberhasilan"), max_length=300)
    activities = models.TextField(_("kegiatan"), max_length=2000)
    people = models.CharField(_("sumber daya manusia"), max_length=300)
    cost = models.CharField(_("biaya"), max_length=200)
    technique = models.CharField(_("metode dan teknik"), max_length=300)
    equipment = models.CharField(_("peralatan"), max_length=300)
    facilities = models.CharField(_("sarana dan prasarana"), max_length=300)
    time = models.CharField(_("waktu"), max_length=200)
    in_charge = models.CharField(_("penanggung jawab"), max_length=160)

    def __str__(self):
        return self.goal

    def activity_codes(self):
        return (PLAN_CODES[Bimbingan(self.bimbingan)],)

    def activity_bimbingan(self):
        return (Bimbingan(self.bimbingan),)


class PlanConsent(SignedByClient):
    """C.n: the plan is explained to the client, who agrees."""

    slug = "persetujuan"
    home = Stage.PLANNING
    title = _("Persetujuan klien atas rencana")
    codes = ("C.n",)
    edition_of = "plan_edition"

    explanation = models.TextField(_("yang dijelaskan"), max_length=4000)
    response = models.TextField(_("tanggapan klien"), max_length=4000)
