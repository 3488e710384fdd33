"""Documents for programs: what went out, and the data each was made from."""

from rest_framework import serializers

from casedesk.access.rights import Right
from casedesk.common.api.fields import Roubles
from casedesk.common.api.viewsets import ScopedReadOnly
from casedesk.documents.models import Document
from casedesk.documents.web.tables import DocumentFilter


class DocumentSerializer(serializers.ModelSerializer):
    """A document. `data` is what the template was filled with: amounts in kopecks, months as year * 12 + month - 1."""

    creditor = serializers.SlugRelatedField("code", read_only=True)
    made_by = serializers.SlugRelatedField("username", read_only=True)
    number = serializers.CharField(source="full_number", read_only=True)
    total = Roubles()
    template_version = serializers.IntegerField(source="template.version", read_only=True)

    class Meta:
        model = Document
        fields = ["id", "kind", "title", "creditor", "number", "made_on", "made_by", "recorded_at", "template_version"]
        fields += ["addressee", "address", "total", "subject_kind", "subject_id", "folder_kind", "folder_id", "data"]


class Documents(ScopedReadOnly):
    """Documents that the person sees; filters as on the screen."""

    queryset = Document.objects.select_related("creditor", "made_by", "template").defer("template__docx")
    serializer_class = DocumentSerializer
    filterset_class = DocumentFilter
    right = Right.SEE_DOCUMENTS
