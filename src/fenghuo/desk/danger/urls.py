"""Addresses of danger."""

from django.urls import path

from . import views
from .forecast import views as forecast
from .intake import views as intake
from .policy import views as policy
from .why import views as why

app_name = "danger"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("import/", intake.observed, name="import"),
    path("import/forecast/", intake.forecast, name="forecast_import"),
    path("import/columns/<int:pk>/", intake.mapping, name="mapping"),
    path("import/columns/<int:pk>/forget", intake.forget, name="forget"),
    path("import/<int:pk>/", intake.columns, name="columns"),
    path("import/<int:pk>/again", intake.again, name="again"),
    path("checks/", intake.checks, name="checks"),
    path("checks/confirm", intake.confirm, name="confirm"),
    path("checks/<int:pk>/", intake.check, name="check"),
    path("forecast/", forecast.outlook, name="forecast"),
    path("forecast/fetch", forecast.fetch, name="fetch"),
    path("forecast/fetching/", forecast.fetching, name="fetching"),
    path("forecast/<int:pk>/", forecast.issue, name="forecast_issue"),
    path("skill/", forecast.skill, name="skill"),
    path("skill/pairs/", forecast.pairs, name="pairs"),
    path("skill/skill.csv", forecast.skill_csv, name="skill_csv"),
    path("settings/", policy.settings, name="settings"),
    path("settings/cover", policy.cover, name="cover"),
    path("settings/calibrate", policy.calibrate, name="calibrate"),
    path("site/<str:code>/", why.site, name="site"),
    path("<str:code>/", why.area, name="area"),
    path("<str:code>/card", views.card, name="card"),
]
