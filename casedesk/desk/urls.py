"""The desk: home and what belongs to no single app."""

from django.urls import include, path

from casedesk.desk.views import debt, favicon, gallery, saved_views, search, shell, today

app_name = "desk"
urlpatterns = [
    path("", today.page, name="today"),
    path("favicon.ico", favicon.favicon, name="favicon"),
    path("theme/", shell.theme, name="theme"),
    path("language/", shell.language, name="language"),
    path("debt/", debt.page, name="debt"),
    path("debt/accounts/", debt.accounts, name="debt-accounts"),
    path("search/", search.page, name="search"),
    path("views/", saved_views.save, name="saved-view-save"),
    path("views/<int:pk>/remove/", saved_views.remove, name="saved-view-remove"),
    path("gallery/", gallery.page, name="gallery"),
    path("", include("casedesk.desk.urls_norms")),
    path("", include("casedesk.desk.urls_money")),
    path("", include("casedesk.desk.urls_boards")),
]
