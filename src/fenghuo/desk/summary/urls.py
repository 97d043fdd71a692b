"""Addresses of summary."""

from django.urls import path

from . import views

app_name = "summary"
urlpatterns = [
    path("", views.page, name="page"),
    path("figures/<slug:key>/", views.figure, name="figure"),
    path("paper.docx", views.docx, name="docx"),
    path("seal/", views.seal, name="seal"),
    path("sealed/<int:pk>/", views.sealed, name="sealed"),
    path("sealed/<int:pk>/paper.docx", views.sealed_docx, name="sealed_docx"),
    path("sealed/<int:pk>/<slug:key>/", views.sealed_figure, name="sealed_figure"),
]
