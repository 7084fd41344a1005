"""Addresses of this app; each field of work keeps its own list: plans, materials, emergencies."""

from advocacy.urls_materials import urlpatterns as of_materials
from advocacy.urls_plan import urlpatterns as of_plans
from advocacy.urls_urgent import urlpatterns as of_emergencies

app_name = "advocacy"

urlpatterns = [*of_plans, *of_materials, *of_emergencies]
