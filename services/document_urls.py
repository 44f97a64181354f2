"""The tab of documents and photos, the photo itself, and the orders on which a client is held."""

from django.urls import path

from services.views import documents, orders

urlpatterns = [
    path("kasus/<str:number>/dokumen/", documents.case_documents, name="case_documents"),
    path("kasus/<str:number>/dokumen/baru/", documents.document_add, name="document_add"),
    path("kasus/<str:number>/dokumen/foto/", documents.photo_take, name="photo_take"),
    path("kasus/<str:number>/dokumen/buka/", documents.restricted_open, name="restricted_open"),
    path("kasus/<str:number>/dokumen/<int:pk>/tarik/", documents.document_withdraw, name="document_withdraw"),
    path("kasus/<str:number>/penetapan/", orders.placement_orders, name="placement_orders"),
    path("foto/<uuid:pk>/", documents.photo, name="photo"),
]
