"""Files in the guarded store."""

import uuid

from django.core.validators import MinValueValidator
from django.db import models

from accounts.models import Institution, User
from rehsos import clock


class StoredFile(models.Model):
    """A file in the guarded store; who may read it follows from what it hangs on."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField(validators=[MinValueValidator(1)])
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=clock.now)
