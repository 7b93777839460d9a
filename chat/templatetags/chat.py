from django import template
from django.utils.safestring import SafeString

from chat.models import Message
from fitfoodie.common.markdown import render_message

register = template.Library()


@register.filter
def message_html(message: Message) -> SafeString:
    return render_message(message.text)
