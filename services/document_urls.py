"""The tab of documents and photos, and the photo itself."""

from django.urls import path

from services.views import documents

urlpatterns = [
    path("kasus/<str:number>/dokumen/", documents.case_documents, name="case_documents"),
    path("kasus/<str:number>/dokumen/baru/", documents.document_add, name="document_add"),
    path("kasus/<str:number>/dokumen/foto/", documents.photo_take, name="photo_take"),
    path("kasus/<str:number>/dokumen/buka/", documents.restricted_open, name="restricted_open"),
    path("kasus/<str:number>/dokumen/<int:pk>/tarik/", documents.document_withdraw, name="document_withdraw"),
    path("foto/<uuid:pk>/", documents.photo, name="photo"),
]
