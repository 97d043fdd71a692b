"""Addresses of warning."""

from django.urls import path

from fenghuo.core.paper import Form

from . import public_views as public
from . import views
from .checking import views as checking

app_name = "warning"
urlpatterns = [
    path("warnings/", views.overview, name="list"),
    path("warnings/new", views.new, name="new"),
    path("warnings/preview", views.preview, name="preview"),
    path("warnings/<int:pk>/", views.board, name="board"),
    path("warnings/<int:pk>/rows", views.rows, name="rows"),
    path("warnings/<int:pk>/edit", views.edit, name="edit"),
    path("warnings/<int:pk>/submit", views.submit, name="submit"),
    path("warnings/<int:pk>/approve", views.approve, name="approve"),
    path("warnings/<int:pk>/send-back", views.send_back, name="send_back"),
    path("warnings/<int:pk>/withdraw", views.withdraw, name="withdraw"),
    path("warnings/<int:pk>/issue", views.issue, name="issue"),
    path("warnings/<int:pk>/update", views.update, name="update"),
    path("warnings/<int:pk>/cancel", views.cancel, name="cancel"),
    path("warnings/<int:pk>/notice.docx", views.notice, name="notice"),
    path("warnings/<int:pk>/notice.pdf", views.notice, {"form": Form.PDF}, name="notice_pdf"),
    path("warnings/recipients/<int:pk>/", views.recipient, name="recipient"),
    path("warnings/recipients/<int:pk>/phone", views.phone, name="phone"),
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/<int:pk>/", views.letter, name="letter"),
    path("a/<str:token>/", public.acknowledge, name="acknowledge"),
    path("cap/check/", checking.check, name="check"),
    path("cap/check/mended", checking.mended, name="check_mended"),
    path("cap/feed.atom", public.feed, name="feed"),
    path("cap/<str:identifier>.xml", public.cap_alert, name="cap"),
]
