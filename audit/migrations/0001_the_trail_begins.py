"""The trail and its anchors; their triggers stand in audit/triggers.py."""

import uuid

from django.db import migrations, models

import sealing.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Anchor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("sequence", models.BigIntegerField()),
                ("mac", models.BinaryField()),
                ("at", models.DateTimeField()),
                ("sent_to", models.TextField(blank=True)),
            ],
            options={
                "verbose_name": "anchor of the trail",
                "verbose_name_plural": "anchors of the trail",
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("sequence", models.BigIntegerField(unique=True)),
                ("at", models.DateTimeField(verbose_name="when")),
                ("actor_id", models.BigIntegerField(null=True, verbose_name="who")),
                ("verb", models.CharField(max_length=80, verbose_name="what")),
                ("case_id", models.UUIDField(null=True, verbose_name="case")),
                ("target", models.CharField(blank=True, max_length=120)),
                (
                    "detail",
                    sealing.fields.SealedJSONField(
                        blank=True,
                        label="audit.entry.detail",
                        null=True,
                        owner="case",
                        owner_attr="case_id",
                    ),
                ),
                (
                    "office_detail",
                    sealing.fields.HardenedTextField(blank=True, label="audit.entry.office_detail", null=True),
                ),
                ("previous_mac", models.BinaryField()),
                ("mac", models.BinaryField()),
            ],
            options={
                "verbose_name": "entry of the trail",
                "verbose_name_plural": "entries of the trail",
                "indexes": [
                    models.Index(fields=["case_id", "sequence"], name="trail_of_a_case"),
                    models.Index(fields=["actor_id", "sequence"], name="trail_of_a_person"),
                    models.Index(fields=["verb", "sequence"], name="trail_of_a_verb"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sequence__gte", 1)),
                        name="trail_counts_from_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("case_id", None), ("detail", None)),
                            models.Q(("case_id__isnull", False), ("office_detail", None)),
                            _connector="OR",
                        ),
                        name="detail_about_a_case_is_under_its_key",
                    ),
                ],
            },
            bases=(sealing.fields.SealedModel, models.Model),
        ),
    ]
