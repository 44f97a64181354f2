"""The pages of supporting work."""

from django.urls import path

from services.views import supporting

urlpatterns = [
    path("penunjang/", supporting.works_list, name="supporting"),
    path("penunjang/baru/", supporting.work_new, name="supporting_new"),
    path("penunjang/<int:pk>/", supporting.work, name="supporting_work"),
    path("penunjang/<int:pk>/ubah/", supporting.work_edit, name="supporting_edit"),
    path("penunjang/<int:pk>/langkah/", supporting.step_new, name="supporting_step"),
    path("penunjang/<int:pk>/keadaan/", supporting.work_end, name="supporting_end"),
    path("penunjang/langkah/<int:pk>/coret/", supporting.step_strike, name="supporting_strike"),
]
