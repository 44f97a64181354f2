"""The pages of referrals and of the institutions they go to."""

from django.urls import path

from services.views import partners

urlpatterns = [
    path("lembaga/", partners.partner_list, name="partners"),
    path("lembaga/baru/", partners.partner_new, name="partner_new"),
    path("lembaga/<int:pk>/", partners.partner, name="partner"),
    path("lembaga/<int:pk>/ubah/", partners.partner_edit, name="partner_edit"),
    path("lembaga/<int:pk>/henti/", partners.partner_retire, name="partner_retire"),
]
