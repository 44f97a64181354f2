"""The pages of what clients leave with the UPT, and of the UPT's tools."""

from django.urls import path

from services.views import deposits, tools

urlpatterns = [
    path("harian/titipan/", deposits.deposits_list, name="deposits"),
    path("harian/titipan/<str:number>/", deposits.deposit_book, name="deposit_book"),
    path("harian/titipan/<str:number>/terima/", deposits.deposit_in, name="deposit_in"),
    path("harian/titipan/<str:number>/serah/", deposits.deposit_out, name="deposit_out"),
    path("harian/titipan/<str:number>/<int:pk>/batal/", deposits.deposit_reverse, name="deposit_reverse"),
    path("harian/titipan/<str:number>/<int:pk>/tanda-tangan/", deposits.deposit_scan, name="deposit_scan"),
    path("kasus/<str:number>/titipan/", deposits.case_deposits, name="case_deposits"),
    path("sarana/alat/", tools.tools_list, name="tools"),
    path("sarana/alat/baru/", tools.tool_new, name="tool_new"),
    path("sarana/alat/<int:pk>/", tools.tool, name="tool"),
    path("sarana/alat/<int:pk>/ubah/", tools.tool_edit, name="tool_edit"),
    path("sarana/alat/<int:pk>/pinjam/", tools.tool_lend, name="tool_lend"),
    path("sarana/alat/<int:pk>/kembali/", tools.tool_return, name="tool_return"),
    path("sarana/alat/<int:pk>/rawat/", tools.tool_care, name="tool_care"),
    path("sarana/alat/<int:pk>/henti/", tools.tool_retire, name="tool_retire"),
]
