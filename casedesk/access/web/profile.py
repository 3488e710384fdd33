"""A person's own page: name, roles, password."""

from django.contrib import messages
from django.contrib.auth.views import PasswordChangeView, PasswordResetConfirmView
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from casedesk.access.actions import api_tokens
from casedesk.access.gates import signed_in
from casedesk.access.web.forms import KeyForm, NamesForm
from casedesk.common.refusals import Refusal


@signed_in
def page(request):
    """Who I am here, what I may do, since when."""
    form = NamesForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.instance.save(update_fields=form._meta.fields)
        messages.success(request, _("Сохранено."))
        return redirect("access:profile")
    held = request.user.memberships.select_related("organisation").order_by("-valid_from")
    context = {"form": form, "memberships": held, "keys": request.user.auth_token_set.all(), "key_form": KeyForm()}
    return render(request, "access/profile.html", context)


@signed_in
@require_POST
def add_key(request):
    """A new key for a program, shown once."""
    form = KeyForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Назовите программу, для которой нужен ключ."))
        return redirect("access:profile")
    try:
        key = api_tokens.create(by=request.user, name=form.cleaned_data["name"])
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("access:profile")
    answer = render(request, "access/key.html", {"key": key, "name": form.cleaned_data["name"]})
    answer["Cache-Control"] = "no-store"
    return answer


@signed_in
@require_POST
def drop_key(request, key: str):
    """Revoke one's own key: the program that uses it is shut out at once."""
    get_object_or_404(request.user.auth_token_set, token_key=key).delete()
    messages.success(request, _("Ключ отозван."))
    return redirect("access:profile")


class ChangePassword(PasswordChangeView):
    """A new password for oneself, by the old one."""

    template_name = "access/password.html"
    success_url = reverse_lazy("access:profile")

    def form_valid(self, form):
        messages.success(self.request, _("Пароль изменён."))
        return super().form_valid(form)


password = signed_in(ChangePassword.as_view())


class SetPassword(PasswordResetConfirmView):
    """A first or forgotten password, by a link from an administrator. The link is the right."""

    template_name = "access/password_set.html"
    success_url = reverse_lazy("login")
