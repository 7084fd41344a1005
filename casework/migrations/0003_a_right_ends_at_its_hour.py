"""A right knows until when it counts, so that a role given for a time ends on time also when no sweep runs."""

from typing import Any

from django.db import migrations, models


def take_the_time_of_the_role(apps: Any, schema_editor: Any) -> None:
    """Let the rights of a person all of whose roles on the case are for a time end with the last of them."""
    right = apps.get_model("casework", "CaseUserObjectPermission")
    member = apps.get_model("casework", "Membership")
    live = member.objects.filter(ended_at=None)
    ends: dict[tuple[Any, Any], Any] = {}
    for case_id, user_id, until in live.filter(until__isnull=False).values_list("case_id", "user_id", "until"):
        ends[case_id, user_id] = max(until, ends.get((case_id, user_id), until))
    for (case_id, user_id), until in ends.items():
        if not live.filter(case_id=case_id, user_id=user_id, until=None).exists():
            right.objects.filter(content_object_id=case_id, user_id=user_id).update(until=until)


class Migration(migrations.Migration):
    dependencies = [("casework", "0002_words_of_a_search_are_kept_for_an_hour")]

    operations = [
        migrations.AddField(
            model_name="caseuserobjectpermission",
            name="until",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.RemoveIndex(model_name="caseuserobjectpermission", name="rights_are_found_by_person"),
        migrations.AddIndex(
            model_name="caseuserobjectpermission",
            index=models.Index(
                fields=["user", "permission", "content_object", "until"], name="rights_of_a_person_and_until"
            ),
        ),
        migrations.RunPython(take_the_time_of_the_role, migrations.RunPython.noop),
    ]
