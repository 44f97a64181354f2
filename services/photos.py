"""The newest photo of each client, as a column of any list; and who may see it."""

from django.db.models import OuterRef, Q, QuerySet, Subquery, UUIDField

from accounts.enums import Role
from accounts.models import User
from cases.models import Case, StoredFile
from services import presence
from services.models import ClientPhoto

CASE_ROLES = (Role.SOCIAL_WORKER, Role.SUPERVISOR, Role.SECTION_HEAD, Role.HEAD)


def newest(client: str) -> Subquery:
    """The key of the small photo; ``client`` is the way to the client from the rows that are asked."""
    rows = ClientPhoto.objects.filter(client=OuterRef(client)).order_by("-pk")
    return Subquery(rows.values("thumbnail")[:1], output_field=UUIDField())


def visible_to(user: User) -> QuerySet[ClientPhoto]:
    """Of clients whose case one reads; on duty also of residents, but of nobody whose identity is protected."""
    in_sight = Case.objects.visible_to(user) if user.has_role(*CASE_ROLES) else Case.objects.none()
    living = presence.visible_stays(user).filter(case__client__is_protected=False, left_on__isnull=True)
    seen = Q(client__in=in_sight.values("client")) | Q(client__in=living.values("case__client"))
    later = ClientPhoto.objects.filter(client=OuterRef("client")).order_by("-pk")
    return ClientPhoto.objects.filter(seen, pk=Subquery(later.values("pk")[:1]))


def of_file(user: User, key: object) -> tuple[ClientPhoto, StoredFile] | None:
    """The photo, large or small, behind the key of a file, if it is the newest and in sight."""
    rows = visible_to(user).filter(Q(picture=key) | Q(thumbnail=key))
    photo = rows.select_related("client", "picture", "thumbnail").first()
    if photo is None:
        return None
    return photo, photo.picture if photo.picture_id == key else photo.thumbnail
