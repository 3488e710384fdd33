"""Keep a list's filters under a name, or let the name go."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from casedesk.access.gates import signed_in
from casedesk.desk.models import SavedView


class SavedViewForm(forms.Form):
    """A name, and the list it is for: the url name of a page that stands without parameters."""

    name = forms.CharField(max_length=60)
    page = forms.CharField(max_length=100)
    query = forms.CharField(max_length=2000, required=False)

    def clean_page(self):
        page = self.cleaned_data["page"]
        try:
            reverse(page)
        except NoReverseMatch as unknown:
            raise forms.ValidationError(_("Такого списка нет.")) from unknown
        return page


@require_POST
@signed_in
def save(request):
    """Keep the filters; the same name on the same list is written over."""
    form = SavedViewForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Отбор не сохранён: дайте ему имя до 60 букв."))
        return redirect("desk:today")
    said = form.cleaned_data
    view, _created = SavedView.objects.update_or_create(
        user=request.user, page=said["page"], name=said["name"], defaults={"query": said["query"]}
    )
    messages.success(request, _("Отбор «%s» сохранён.") % view.name)
    return redirect(view)


@require_POST
@signed_in
def remove(request, pk: int):
    """Let the name go; the list stays as it is."""
    view = get_object_or_404(SavedView.objects.visible_to(request.user), pk=pk)
    back = view.get_absolute_url()
    view.delete()
    messages.success(request, _("Отбор «%s» убран.") % view.name)
    return redirect(back)
