"""The words of creators as HTML."""

from django.utils.safestring import SafeString

from fitfoodie.common.markdown import render_markdown
from fitfoodie.common.paid_links import is_paid_link

__all__ = ["is_paid_link", "rendered"]


def rendered(text: str) -> SafeString:
    """With "Paid link" beside every link by which its creator earns (AFF-12)."""
    return render_markdown(text)
