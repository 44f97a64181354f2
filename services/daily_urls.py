"""The pages of the day book."""

from django.urls import path

from services.views import case_daily, daily, head_counts, incidents, residence, shift_logs

urlpatterns = [
    path("harian/", daily.daily, name="daily"),
    path("harian/penghuni/<str:number>/", daily.resident, name="resident"),
    path("harian/penghuni/<str:number>/keluar/", daily.presence_out, name="presence_out"),
    path("harian/penghuni/<str:number>/kembali/", daily.presence_in, name="presence_in"),
    path("harian/penghuni/<str:number>/kehadiran/<int:pk>/batal/", daily.presence_annul, name="presence_annul"),
    path("harian/penghuni/<str:number>/peringatan/", daily.alert_add, name="alert_add"),
    path("harian/penghuni/<str:number>/peringatan/<int:pk>/akhiri/", daily.alert_end, name="alert_end"),
    path("harian/apel/", head_counts.head_counts_list, name="head_counts"),
    path("harian/apel/baru/", head_counts.head_count_new, name="head_count_new"),
    path("harian/apel/<int:pk>/", head_counts.head_count, name="head_count"),
    path("harian/jaga/", shift_logs.shift_logs_list, name="shift_logs"),
    path("harian/jaga/baru/", shift_logs.shift_log_new, name="shift_log_new"),
    path("harian/jaga/<int:pk>/", shift_logs.shift_log, name="shift_log"),
    path("harian/jaga/<int:pk>/ubah/", shift_logs.shift_log_edit, name="shift_log_edit"),
    path("harian/jaga/<int:pk>/terima/", shift_logs.shift_log_confirm, name="shift_log_confirm"),
    path("harian/kejadian/", incidents.incidents_list, name="incidents"),
    path("harian/kejadian/baru/", incidents.incident_new, name="incident_new"),
    path("harian/kejadian/<int:pk>/", incidents.incident, name="incident"),
    path("harian/kejadian/<int:pk>/tindak-lanjut/", incidents.incident_follow_up, name="incident_follow_up"),
    path("harian/kunjungan/", residence.visits, name="visits"),
    path("harian/ruang-sakit/", residence.sick_bay, name="sick_bay"),
    path("harian/makan/", residence.meals, name="meals"),
    path("harian/pemeliharaan/", residence.care_new, name="care_new"),
    path("harian/ringkasan/", residence.briefing, name="briefing"),
    path("kasus/<str:number>/harian/", case_daily.case_daily, name="case_daily"),
]
