"""A person's own page: name, roles, password."""

from django.contrib import messages
from django.contrib.auth.views import PasswordChangeView, PasswordResetConfirmView
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from casedesk.access.gates import signed_in
from casedesk.access.web.forms import NamesForm


@signed_in
def page(request):
    """Who I am here, what I may do, since when."""
    form = NamesForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.instance.save(update_fields=form._meta.fields)
        messages.success(request, _("Сохранено."))
        return redirect("access:profile")
    held = request.user.memberships.select_related("organisation").order_by("-valid_from")
    return render(request, "access/profile.html", {"form": form, "memberships": held})


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
