from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import sealing.fields


def seal_under_the_case(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Move the words about a case from under the master key to under the key of the case."""
    holds: Any = apps.get_model("safety", "Hold").objects
    for hold in holds.filter(scope="case"):
        hold.case_reason, hold.wide_reason = hold.wide_reason, None
        hold.case_lift_reason, hold.wide_lift_reason = hold.wide_lift_reason, None
        hold.save(update_fields=["case_reason", "wide_reason", "case_lift_reason", "wide_lift_reason"])


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0004_what_ends_and_who_asks_is_found_at_once"),
        ("safety", "0003_one_exception_at_a_critical_risk"),
    ]

    operations = [
        migrations.RenameField("hold", "reason", "wide_reason"),
        migrations.RenameField("hold", "lift_reason", "wide_lift_reason"),
        migrations.AlterField(
            "hold",
            "wide_reason",
            sealing.fields.HardenedTextField(label="safety.hold.reason", null=True, verbose_name="reason"),
        ),
        migrations.AddField(
            "hold",
            "case_reason",
            sealing.fields.SealedTextField(
                label="safety.hold.case_reason",
                multiline=True,
                null=True,
                owner="case",
                owner_attr="case_id",
                verbose_name="reason",
            ),
        ),
        migrations.AddField(
            "hold",
            "case_lift_reason",
            sealing.fields.SealedTextField(
                label="safety.hold.case_lift_reason",
                multiline=True,
                null=True,
                owner="case",
                owner_attr="case_id",
                verbose_name="why it may be lifted",
            ),
        ),
        migrations.RunPython(seal_under_the_case, migrations.RunPython.noop),
    ]
