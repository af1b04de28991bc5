"""Addresses of this app."""

from django.urls import path

from reports.views import buildings, districts, people

app_name = "reports"

urlpatterns = [
    path("buildings/", buildings.index, name="home"),
    path("buildings/<slug:slug>/", buildings.show, name="building"),
    path("buildings/<slug:slug>/brief/", buildings.brief, name="brief"),
    path("buildings/<slug:slug>/completion.csv", buildings.download, {"kind": "csv"}, name="building_csv"),
    path("buildings/<slug:slug>/completion.xlsx", buildings.download, {"kind": "xlsx"}, name="building_xlsx"),
    path("districts/<slug:slug>/", districts.show, name="district"),
    path("districts/<slug:slug>/completion.csv", districts.download, {"kind": "csv"}, name="district_csv"),
    path("districts/<slug:slug>/completion.xlsx", districts.download, {"kind": "xlsx"}, name="district_xlsx"),
    path("region/", districts.region, name="region"),
    path("staff/<int:pk>/", people.show, name="person"),
]
