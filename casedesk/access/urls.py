"""Signing in and out, one's own page, and people for administrators."""

from django.contrib.auth.views import LogoutView
from django.urls import include, path

from casedesk.access.web import people, profile, requisites, sign_in

own = [
    path("profile/", profile.page, name="profile"),
    path("profile/password/", profile.password, name="password"),
    path("profile/keys/", profile.add_key, name="key_add"),
    path("profile/keys/<str:key>/drop/", profile.drop_key, name="key_drop"),
    path("people/", people.index, name="people"),
    path("people/add/", people.add, name="person_add"),
    path("people/<int:pk>/", people.page, name="person"),
    path("people/<int:pk>/link/", people.new_link, name="person_link"),
    path("people/<int:pk>/door/", people.door, name="person_door"),
    path("requisites/", requisites.index, name="requisites"),
    path("requisites/<int:pk>/", requisites.page, name="requisites-of"),
    path("memberships/<int:pk>/end/", people.end_role, name="end_role"),
]

urlpatterns = [
    path("login/", sign_in.SignIn.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("password/<uidb64>/<token>/", profile.SetPassword.as_view(), name="password_set"),
    path("", include((own, "access"))),
]
