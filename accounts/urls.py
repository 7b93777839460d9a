from django.urls import URLPattern, URLResolver, path

from accounts.views import create, data, photo, profile, settings

app_name = "accounts"
urlpatterns: list[URLPattern | URLResolver] = [
    path("@<str:handle>", profile.profile_detail, name="profile"),
    path("me", profile.me, name="me"),
    path("create/start/", create.start_creating, name="start-creating"),
    path("settings/", settings.settings_index, name="settings"),
    path("settings/profile/photo", photo.photo_change, name="photo-change"),
    path("settings/profile/photo/remove", photo.photo_remove, name="photo-remove"),
    path("settings/data/export", data.data_export, name="data-export"),
    path("settings/data/export/<slug:public_id>", data.export_file, name="export-file"),
    path("settings/data/delete", data.account_delete, name="account-delete"),
    path("settings/cities", profile.city_suggestions, name="city-suggestions"),
    *[
        path(
            f"settings/{section.name}/",
            settings.settings_section,
            {"section": section.name},
            name=f"settings-{section.name}",
        )
        for section in settings.SECTIONS
    ],
]
