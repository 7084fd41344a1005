"""The act that gives a role gives the administrator's too: its words change, and nothing in the table."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_sessions_end_at_once")]

    operations = [
        migrations.AlterField(
            model_name="pendingact",
            name="kind",
            field=models.CharField(
                choices=[
                    ("grant_role", "Give an office role"),
                    ("reset_password", "Reset the password"),
                    ("reset_factor", "Reset the second factor"),
                    ("reactivate", "Let sign in again"),
                ],
                max_length=20,
                verbose_name="act",
            ),
        ),
    ]
