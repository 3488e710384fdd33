"""What the desk itself keeps."""

from casedesk.desk.models.saved_view import SavedView

__all__ = ["SavedView"]
