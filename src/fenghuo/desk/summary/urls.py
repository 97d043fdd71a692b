"""Addresses of summary."""

from django.urls import path

from fenghuo.core.paper import Form

from . import views

app_name = "summary"
urlpatterns = [
    path("", views.page, name="page"),
    path("figures/<slug:key>/", views.figure, name="figure"),
    path("paper.docx", views.paper, name="docx"),
    path("paper.pdf", views.paper, {"form": Form.PDF}, name="pdf"),
    path("seal/", views.seal, name="seal"),
    path("sealed/<int:pk>/", views.sealed, name="sealed"),
    path("sealed/<int:pk>/paper.docx", views.sealed_paper, name="sealed_docx"),
    path("sealed/<int:pk>/paper.pdf", views.sealed_paper, {"form": Form.PDF}, name="sealed_pdf"),
    path("sealed/<int:pk>/<slug:key>/", views.sealed_figure, name="sealed_figure"),
]
