"""Today: the first screen of the day."""

from django.shortcuts import render

from casedesk.access.gates import signed_in


@signed_in
def page(request):
    return render(request, "desk/today.html")
