from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("safety", "0004_why_a_case_is_held_goes_under_its_key")]

    operations = [
        migrations.AddConstraint(
            "hold",
            models.CheckConstraint(
                name="why_a_case_is_held_is_under_its_key",
                condition=Q(scope="case", case_reason__isnull=False, wide_reason=None, wide_lift_reason=None)
                | (~Q(scope="case") & Q(case_reason=None, case_lift_reason=None, wide_reason__isnull=False)),
            ),
        ),
    ]
