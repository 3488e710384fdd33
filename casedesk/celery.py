"""The Celery application, for installations with many machines (TASKS=celery). The desk itself never needs it.

Start a worker with `manage.py worker` or `celery -A casedesk.celery worker`.
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casedesk.settings")

from django.conf import settings

app = Celery("casedesk", broker=settings.BROKER_URL)
app.conf.update(
    imports=["casedesk.common.jobs.celery_worker"],
    task_default_queue=settings.BROKER_QUEUE,
    task_ignore_result=True,
    # Acknowledge on receipt: RabbitMQ drops a consumer that keeps a message longer than 30 minutes, and a lost job is found
    # by its heartbeat, not by its message.
    task_acks_late=False,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    broker_connection_retry_on_startup=True,
    broker_transport_options={"confirm_publish": True},
    timezone=settings.TIME_ZONE,
    enable_utc=True,
)
