"""Looking for words within one case: they are kept for an hour, and a key stands for them in the address."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.sign_in.requests import SignedInRequest
from casework.access import rights_on
from casework.pages.own_words import own_words_page
from casework.search import keep_words, kept_words, typed_words
from casework.views.lookup import case_or_404


@require_http_methods(["GET", "POST"])
def own_words(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show where the words stand in the case; words that are sent are kept, and the answer leads to their key."""
    case = case_or_404(request, reference)
    if request.method == "POST":
        words = typed_words(request.POST.get("words", ""))
        key = f"?words={keep_words(request.user, words)}" if words else ""
        return redirect(reverse("casework:own_words", args=[case.reference]) + key)
    key = request.GET.get("words", "")
    words = kept_words(request.user, key) if key else ""
    page = own_words_page(case, words, rights_on(request.user, case), is_forgotten=bool(key) and not words)
    return render(request, "casework/own_words.html", vars(page))
