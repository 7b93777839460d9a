"""Writing a post, and changing what it says."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules import is_verified_email
from fitfoodie.common.errors import DomainError, NotAllowedError, StaleVersionError
from fitfoodie.events.services import record
from influencers import rules
from influencers.content import PostContent
from influencers.enums import PostStatus
from influencers.events import PostCreated, PostEdited
from influencers.models import Post, PostMeal
from influencers.validators import clean_post
from meals.models import Meal


def locked_post(post_id: int) -> Post:
    """The post, locked until the transaction ends, so that decisions on it are made one after another.

    NO KEY: whoever only points at it (a like, a comment) need not wait. Raises Post.DoesNotExist.
    """
    return Post.objects.select_for_update(no_key=True).get(pk=post_id)


def own_post(post_id: int, actor: User) -> Post:
    """The locked post of `actor`. Raises NotAllowedError."""
    post = locked_post(post_id)
    if not rules.is_author(actor, post):
        raise NotAllowedError(_("Only its author may do this."))
    return post


def require_poster(actor: User) -> None:
    """Two refusals with different ways out."""
    if not rules.is_creator(actor):
        raise NotAllowedError(_("Posts are for creators. Become one in your studio."), code="creator_only")
    if not is_verified_email(actor):
        raise NotAllowedError(_("Verify your e-mail address first, then post."), code="email_unverified")


@transaction.atomic
def write_post(*, author: User, content: PostContent, now: datetime) -> Post:
    """A new draft; its text must be there. Raises NotAllowedError, DomainError naming the field."""
    require_poster(author)
    cleaned = clean_post(content)
    if cleaned.text is None:
        raise DomainError(_("Write something first."), code="text_needed", field="text")
    post = Post.objects.create(author=author, language=author.preferences.language, **cleaned.columns())
    _link_meals(post, cleaned, author)
    tell(PostCreated, post, author)
    return post


@transaction.atomic
def edit_post(*, post_id: int, editor: User, content: PostContent, expected_version: int, now: datetime) -> Post:
    """Change what is mentioned in `content`; a save that changes nothing is no new version.

    Locks the post. Raises NotAllowedError, StaleVersionError with the version now stored when somebody saved in
    between (REC-9), DomainError naming the field.
    """
    post = own_post(post_id, editor)
    require_poster(editor)
    if post.version != expected_version:
        raise StaleVersionError(
            _("This post was saved somewhere else after you opened it. Look at both versions, then save again."),
            current=post.version,
        )
    cleaned = clean_post(content)
    changed = [name for name, value in cleaned.columns().items() if getattr(post, name) != value]
    if _link_meals(post, cleaned, editor):
        changed.append("meals")
    if changed:
        _save(post, cleaned, changed, editor)
    return post


def content_of(post: Post) -> PostContent:
    """What the post says now, with every field given."""
    slugs = post.links.values_list("meal__slug", flat=True)
    return PostContent(text=post.text, audience=post.audience, who_may_comment=post.who_may_comment, meals=tuple(slugs))


def tell(fact: type[Any], post: Post, actor: User | None, **more: Any) -> None:
    payload = fact(post_id=post.pk, author_id=post.author_id, public_id=post.public_id, **more)
    record(payload, actor=actor, subject=post)


def _save(post: Post, content: PostContent, changed: list[str], editor: User) -> None:
    """Never the counters: others move them meanwhile."""
    for name, value in content.columns().items():
        setattr(post, name, value)
    post.version += 1
    post.save(update_fields=["text", "audience", "who_may_comment", "version", "updated_at"])
    status = PostStatus(post.status).value
    tell(PostEdited, post, editor, version=post.version, changed=",".join(changed), status=status)


def _link_meals(post: Post, content: PostContent, author: User) -> bool:
    """Whether the links changed. New ones only to meals the author may see; those there already may stay."""
    if content.meals is None:
        return False
    before = list(post.links.values_list("meal__slug", flat=True))
    if list(content.meals) == before:
        return False
    found = {meal.slug: meal for meal in Meal.objects.visible_to(author).filter(slug__in=content.meals)}
    found |= {link.meal.slug: link.meal for link in post.links.select_related("meal")}
    unknown = [slug for slug in content.meals if slug not in found]
    if unknown:
        message = _("There is no meal “%(name)s” that you can link to.") % {"name": unknown[0]}
        raise DomainError(message, code="unknown_meal", field="meals")
    post.links.all().delete()
    PostMeal.objects.bulk_create(
        [PostMeal(post=post, meal=found[slug], position=place) for place, slug in enumerate(content.meals, 1)]
    )
    return True
