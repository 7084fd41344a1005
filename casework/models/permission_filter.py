"""The one condition by which a row of a case is seen or acted on: this person was given this right on that case.

It stands in nearly every query of every page, several times in some. Written as the text it is, it costs a tenth of what
the same condition costs when it is put together from querysets each time.
"""

from typing import Any

from django.db.models import BooleanField, Expression, F

from sealing.queries import now

PERMISSION = (
    "SELECT named.id FROM auth_permission named JOIN django_content_type of ON of.id = named.content_type_id "
    "WHERE named.codename = %s AND of.app_label = 'casework' AND of.model = 'case'"
)
RIGHTS = (
    f"FROM casework_caseuserobjectpermission given WHERE given.permission_id = ({PERMISSION}) AND given.user_id = %s "
    "AND (given.until IS NULL OR given.until > %s)"
)
ROW_BY_ROW = f"EXISTS (SELECT 1 {RIGHTS} AND given.content_object_id = {{column}})"
# PostgreSQL turns EXISTS into a join that begins with every right of the person: 40 ms at 10,000 cases, and more with
# more. What is selected as a value is asked where it stands.
ROW_BY_ROW_POSTGRESQL = f"COALESCE((SELECT TRUE {RIGHTS} AND given.content_object_id = {{column}} LIMIT 1), FALSE)"
RIGHTS_FIRST = f"{{column}} IN (SELECT given.content_object_id {RIGHTS})"


class HasRight(Expression):
    """That this person was given this right on the case that a column names, and that its time is not over.

    Both orders of asking find the same. Row by row suits one case, few, or the first of a list in the order of an
    index, whatever else the person may see. Rights first suits a long list for who was given few cases.
    """

    output_field = BooleanField()

    def __init__(self, user: Any, right: str, *, case: str, row_by_row: bool = True) -> None:
        super().__init__()
        self.column = F(case)
        self.right, self.user_id, self.at = right, user.pk, now()
        self.row_by_row = row_by_row

    def get_source_expressions(self) -> list[Any]:
        """Return the column; Django gives it its table."""
        return [self.column]

    def set_source_expressions(self, exprs: Any) -> None:
        """Take the column back with its table."""
        (self.column,) = exprs

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        """Return the condition and its values, in the order in which they stand."""
        return self._written(ROW_BY_ROW if self.row_by_row else RIGHTS_FIRST, compiler, connection)

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        """Return the same in the words that PostgreSQL does not reorder."""
        return self._written(ROW_BY_ROW_POSTGRESQL if self.row_by_row else RIGHTS_FIRST, compiler, connection)

    def _written(self, text: str, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        column, values = compiler.compile(self.column)
        if values:
            raise ValueError("The key of a case is a column.")
        at = connection.ops.adapt_datetimefield_value(self.at)
        return text.format(column=column), (self.right, self.user_id, at)
