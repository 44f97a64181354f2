"""Sign-in, sign-out, what is a person's own, and the settings of staff and institutions."""

from django.urls import path

from accounts.views import access, drafts, institutions, links, own, second_factor, sign_in, staff, stand_ins

app_name = "accounts"

urlpatterns = [
    # coming and going
    path("masuk/", sign_in.login, name="login"),
    path("masuk/kode/", sign_in.code, name="code"),
    path("masuk/atur-sandi/<str:token>/", sign_in.set_password, name="set_password"),
    path("keluar/", sign_in.logout, name="logout"),
    path("lanjutkan/", sign_in.resume, name="resume"),
    # one's own
    path("sesi/", own.session, name="session"),
    path("akun/", own.account, name="account"),
    path("akun/kode/", second_factor.second_factor, name="second_factor"),
    path("akun/kode/pemulihan/", second_factor.recovery_codes, name="recovery_codes"),
    path("akun/kode/matikan/", second_factor.second_factor_off, name="second_factor_off"),
    path("akun/draf/", drafts.draft_list, name="drafts"),
    path("draf/", drafts.draft, name="draft"),
    path("draf/buang/", drafts.discard, name="draft_discard"),
    # settings: staff
    path("pengaturan/", staff.staff_list, name="staff_list"),
    path("pengaturan/pengguna/baru/", staff.staff_new, name="staff_new"),
    path("pengaturan/pengguna/<int:pk>/", staff.staff, name="staff"),
    path("pengaturan/pengguna/<int:pk>/ubah/", staff.staff_edit, name="staff_edit"),
    path("pengaturan/pengguna/<int:pk>/peran/", staff.staff_roles, name="staff_roles"),
    path("pengaturan/pengguna/<int:pk>/nonaktif/", access.deactivate, name="deactivate"),
    path("pengaturan/pengguna/<int:pk>/aktif/", access.reactivate, name="reactivate"),
    path("pengaturan/pengguna/<int:pk>/sandi/", access.reset_password, name="reset_password"),
    path("pengaturan/pengguna/<int:pk>/kode/", access.reset_code, name="reset_code"),
    path("pengaturan/pengguna/<int:pk>/tautan/", links.staff_link, name="staff_link"),
    # settings: stand-ins
    path("pengaturan/pengganti/", stand_ins.stand_in_list, name="stand_in_list"),
    path("pengaturan/pengganti/baru/<slug:kind>/", stand_ins.stand_in_new, name="stand_in_new"),
    path("pengaturan/pengganti/<int:pk>/konfirmasi/", stand_ins.stand_in_confirm, name="stand_in_confirm"),
    path("pengaturan/pengganti/<int:pk>/cabut/", stand_ins.stand_in_revoke, name="stand_in_revoke"),
    # settings: institutions
    path("pengaturan/upt/", institutions.own_institution, name="own_institution"),
    path("pengaturan/lembaga/", institutions.institution_list, name="institution_list"),
    path("pengaturan/lembaga/baru/", institutions.institution_new, name="institution_new"),
    path("pengaturan/lembaga/<slug:code>/", institutions.institution, name="institution"),
]
