"""A notice keeps its whole verb: cut off at thirty letters, some had no words any more."""

from typing import Any

from django.db import migrations, models

CUT_AT = 30


def whole_again(apps: Any, schema_editor: Any) -> None:
    """Take the whole verb of a cut notice from its own mark against doubles, which begins with it."""
    notices = apps.get_model("advocacy", "Notice").objects
    for notice in notices.annotate(length=models.functions.Length("kind")).filter(length=CUT_AT).iterator():
        verb = notice.dedup.rpartition(":")[0]
        if verb.startswith(notice.kind):
            notices.filter(pk=notice.pk).update(kind=verb)


class Migration(migrations.Migration):
    dependencies = [("advocacy", "0003_words_that_went_to_review_are_kept")]

    operations = [
        migrations.AlterField("notice", "kind", models.CharField(max_length=80)),
        migrations.RunPython(whole_again, migrations.RunPython.noop),
    ]
