"""The pages of services."""

from django.urls import path

from services.views import catalogue, client, overview

app_name = "services"

urlpatterns = [
    # klien/: the register
    path("klien/", client.client_list, name="client_list"),
    path("klien/baru/", client.client_new, name="client_new"),
    path("klien/<str:number>/", client.client, name="client"),
    path("klien/<str:number>/ubah/", client.client_edit, name="client_edit"),
    path("klien/<str:number>/kasus-baru/", client.case_new, name="case_new"),
    # kasus/: the list
    path("kasus/", overview.case_list, name="case_list"),
    path("katalog/", catalogue.catalogue, name="catalogue"),
]
