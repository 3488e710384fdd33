"""Keep a batch with what is wrong in its file."""

from imports.models import ImportBatch, ImportProblem
from imports.rows import Problem


def save_batch(batch: ImportBatch, problems: list[Problem]) -> None:
    """Save the batch and put its problems down."""
    batch.save()
    ImportProblem.objects.bulk_create(
        (
            ImportProblem(
                batch=batch,
                sheet=problem.sheet[:100],
                row=problem.row,
                column=problem.column[:100],
                value=problem.value[:300],
                code=problem.code[:40],
                message=problem.message[:1000],
                fatal=problem.fatal,
            )
            for problem in problems
        ),
        batch_size=5_000,
    )
