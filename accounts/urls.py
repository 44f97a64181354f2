"""Sign-in, sign-out and what is a person's own."""

from django.urls import path

from accounts import views

app_name = "accounts"

urlpatterns = [
    path("masuk/", views.login, name="login"),
    path("keluar/", views.logout, name="logout"),
    path("lanjutkan/", views.resume, name="resume"),
    path("akun/", views.account, name="account"),
]
