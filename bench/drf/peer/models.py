from django.db import models


class Node(models.Model):
    """The table that criptd filled, with its unique index on the 16 bytes of the UUID; Django only reads it."""

    uuid = models.BinaryField(unique=True)
    type = models.IntegerField()
    project = models.IntegerField(null=True)
    created_by = models.IntegerField()
    updated_by = models.IntegerField()
    created_at = models.BigIntegerField()
    updated_at = models.BigIntegerField()
    is_public = models.BooleanField()
    is_locked = models.BooleanField()
    revision = models.IntegerField()
    name = models.TextField()
    attributes = models.JSONField()

    class Meta:
        managed = False
        db_table = "node"
