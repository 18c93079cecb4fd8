import uuid

from django.urls import path
from rest_framework import generics, serializers

from peer.models import Node


class NodeSerializer(serializers.ModelSerializer):
    uuid = serializers.SerializerMethodField()

    class Meta:
        model = Node
        fields = [
            "uuid", "created_by", "updated_by", "created_at", "updated_at", "is_public", "is_locked", "revision", "name",
            "attributes",
        ]  # fmt: skip

    def get_uuid(self, node):
        return str(uuid.UUID(bytes=bytes(node.uuid)))


class NodeView(generics.RetrieveAPIView):
    serializer_class = NodeSerializer
    queryset = Node.objects.all()

    def get_object(self):
        return generics.get_object_or_404(self.get_queryset(), uuid=self.kwargs["uuid"].bytes)


urlpatterns = [path("api/v1/material/<uuid:uuid>/", NodeView.as_view())]
