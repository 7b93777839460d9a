"""Posts for tests, made by the same services as everywhere else."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from fitfoodie.search import services as search
from influencers.content import PostContent
from influencers.models import Post
from influencers.services import post_life
from influencers.services.posts import write_post
from meals.tests.factories import NOW


def make_post(author, text="Sunday prep", *, publish=False, now=NOW, **content) -> Post:
    post = write_post(author=author, content=PostContent(text=text, **content), now=now)
    if publish:
        post = post_life.publish_post(post_id=post.pk, actor=author, now=now)
    return post


def index_posts() -> None:
    """What the task of each event does after commit, which a test's transaction never reaches."""
    search.index_objects("posts", Post.objects.values_list("pk", flat=True))


def photo_file(name="photo.jpg"):
    data = BytesIO()
    Image.new("RGB", (640, 480), "tan").save(data, "JPEG")
    return SimpleUploadedFile(name, data.getvalue(), "image/jpeg")
