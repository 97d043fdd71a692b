"""Every address of the desk."""

from django.contrib.auth import views as auth
from django.urls import include, path

from . import views
from .api import api

urlpatterns = [
    path("", views.home, name="home"),
    path("live/", views.live, name="live"),
    path("search/", views.search, name="search"),
    path("map/relief", views.relief, name="relief"),
    path("healthz", views.health, name="health"),
    path("login/", auth.LoginView.as_view(template_name="login.html"), name="login"),
    path("logout/", auth.LogoutView.as_view(), name="logout"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/v1/", api.urls),
    path("danger/", include("fenghuo.desk.danger.urls")),
    path("", include("fenghuo.desk.warning.urls")),
    path("channels/", include("fenghuo.desk.channel.urls")),
    path("duty/", include("fenghuo.desk.duty.urls")),
    path("hazards/", include("fenghuo.desk.inspection.urls")),
    path("incidents/", include("fenghuo.desk.incident.urls")),
    path("summary/", include("fenghuo.desk.summary.urls")),
    path("papers/", include("fenghuo.desk.summary.checking.urls")),
    path("places/", include("fenghuo.desk.places.urls")),
    path("journal/", include("fenghuo.desk.journal.urls")),
]
