"""Speaking of somebody with their @handle."""

from accounts.models import User
from fitfoodie.events.services import record
from social.events.reactions import PersonMentioned
from social.models import Comment, Mention
from social.validators import handles_in


def mention_people(*, comment: Comment, author: User) -> list[Mention]:
    """Make the mentions agree with the words; only people who are there for the author are mentioned.

    To anybody else the handle stays plain text, and nobody learns why. The caller is in the transaction of the words.
    Tells of those who are new, never of oneself.
    """
    named = handles_in(comment.text)
    people = {person.handle: person for person in User.objects.there_for(author).filter(handle__in=named)}
    comment.mentions.exclude(person__in=people.values()).delete()
    known = set(comment.mentions.values_list("person_id", flat=True))
    found = [people[handle] for handle in named if handle in people and people[handle].pk not in known]
    made = Mention.objects.bulk_create(Mention(comment=comment, person=one, handle=one.handle) for one in found)
    for person in found:
        _tell(comment, author, person)
    return made


def _tell(comment: Comment, author: User, person: User) -> None:
    if person.pk == author.pk:
        return
    fact = PersonMentioned(
        subject_type=comment.subject_type,
        subject_id=comment.subject_id,
        comment_id=comment.pk,
        author_id=author.pk,
        person_id=person.pk,
    )
    record(fact, actor=author, subject=comment)
