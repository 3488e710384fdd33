"""Pages of the API: by cursor, so that the last page costs what the first one costs and rows do not move between pages."""

from rest_framework.pagination import CursorPagination


class Cursor(CursorPagination):
    """Follow `next` until it is null. `page_size` up to 1000."""

    ordering = "-pk"
    page_size = 100
    page_size_query_param = "page_size"
    max_page_size = 1000
