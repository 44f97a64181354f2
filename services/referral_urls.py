"""The pages of referrals and of the institutions they go to."""

from django.urls import path

from services.views import partners, referrals

urlpatterns = [
    path("lembaga/", partners.partner_list, name="partners"),
    path("lembaga/baru/", partners.partner_new, name="partner_new"),
    path("lembaga/<int:pk>/", partners.partner, name="partner"),
    path("lembaga/<int:pk>/ubah/", partners.partner_edit, name="partner_edit"),
    path("lembaga/<int:pk>/henti/", partners.partner_retire, name="partner_retire"),
    path("rujukan/", referrals.referrals, name="referrals"),
    path("rujukan/<int:pk>/", referrals.referral, name="referral"),
    path("rujukan/<int:pk>/<slug:act>/", referrals.referral_act, name="referral_act"),
    path("kasus/<str:number>/rujukan/", referrals.case_referrals, name="case_referrals"),
    path("kasus/<str:number>/rujukan/baru/", referrals.referral_new, name="referral_new"),
]
