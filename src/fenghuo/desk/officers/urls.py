"""Addresses of officers."""

app_name = "officers"
urlpatterns = []
