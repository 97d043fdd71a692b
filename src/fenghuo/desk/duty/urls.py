"""Addresses of duty."""

app_name = "duty"
urlpatterns = []
