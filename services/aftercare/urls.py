"""The pages of bimbingan lanjut."""

from django.urls import path

from services.views import aftercare, visits

urlpatterns = [
    path("binjut/", aftercare.aftercare, name="aftercare"),
    path("binjut/kunjungan/", visits.trip_new, name="trip_new"),
    path("kasus/<str:number>/binjut/", aftercare.case_aftercare, name="case_aftercare"),
    path("kasus/<str:number>/binjut/jadwal/", aftercare.aftercare_schedule, name="aftercare_schedule"),
]
