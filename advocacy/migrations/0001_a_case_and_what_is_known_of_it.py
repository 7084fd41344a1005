"""Nothing: the next one makes these tables whole. It stays because databases remember that it was applied."""

from django.db import migrations


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = []
