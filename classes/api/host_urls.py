from django.urls import URLPattern, URLResolver, path

from classes.api.views import chains, host_places

_CHAIN = "host/chains/<slug:chain_id>"
urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{_CHAIN}/staff", chains.ChainStaffView.as_view(), name="chain-staff"),
    path(f"{_CHAIN}/staff/<str:handle>", chains.ChainStaffMemberView.as_view(), name="chain-staff-member"),
    path(f"{_CHAIN}/studios", host_places.HostStudiosView.as_view(), name="host-studios"),
    path(f"{_CHAIN}/studios/<str:studio_id>", host_places.HostStudioView.as_view(), name="host-studio"),
    path(f"{_CHAIN}/studios/<str:studio_id>/rooms", host_places.HostRoomsView.as_view(), name="host-rooms"),
    path(f"{_CHAIN}/rooms/<str:room_id>", host_places.HostRoomView.as_view(), name="host-room"),
    path(f"{_CHAIN}/class-types", host_places.HostClassTypesView.as_view(), name="host-class-types"),
    path(f"{_CHAIN}/class-types/<str:class_type_id>", host_places.HostClassTypeView.as_view(), name="host-class-type"),
]
