"""The pages of what clients leave with the UPT, and of the UPT's tools."""

from django.urls import path

from services.views import deposits

urlpatterns = [
    path("harian/titipan/", deposits.deposits_list, name="deposits"),
    path("harian/titipan/<str:number>/", deposits.deposit_book, name="deposit_book"),
    path("harian/titipan/<str:number>/terima/", deposits.deposit_in, name="deposit_in"),
    path("harian/titipan/<str:number>/serah/", deposits.deposit_out, name="deposit_out"),
    path("harian/titipan/<str:number>/<int:pk>/batal/", deposits.deposit_reverse, name="deposit_reverse"),
    path("harian/titipan/<str:number>/<int:pk>/tanda-tangan/", deposits.deposit_scan, name="deposit_scan"),
    path("kasus/<str:number>/titipan/", deposits.case_deposits, name="case_deposits"),
]
