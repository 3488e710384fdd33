"""Signing in."""

from django.conf import settings
from django.contrib.auth.views import LoginView


class SignIn(LoginView):
    """The sign-in page. The person's language comes with them to whatever machine they sit at."""

    template_name = "access/login.html"
    redirect_authenticated_user = True

    def form_valid(self, form):
        answer = super().form_valid(form)
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, form.get_user().language, samesite="Lax")
        return answer
