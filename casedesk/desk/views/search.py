"""One search box over everything a person may see."""

from django.shortcuts import render

from casedesk.access.gates import signed_in
from casedesk.access.scope import scope_of
from casedesk.desk.search import search

LONGEST = 100


@signed_in
def page(request):
    text = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST]
    found = search(request.user, scope_of(request.user), text)
    return render(request, "desk/search.html", {"searched": text, "found": found})
