"""The pages of bimbingan lanjut."""

from django.urls import path

from services.views import aftercare

urlpatterns = [
    path("binjut/", aftercare.aftercare, name="aftercare"),
    path("kasus/<str:number>/binjut/", aftercare.case_aftercare, name="case_aftercare"),
    path("kasus/<str:number>/binjut/jadwal/", aftercare.aftercare_schedule, name="aftercare_schedule"),
]
