"""Materials: what is written to leave, composed from the packet, reviewed, cleared, and sent or published."""

from django.apps import AppConfig


class MaterialsConfig(AppConfig):
    name = "materials"

    def ready(self) -> None:
        from materials import audit_labels, kept_forms, listeners, marks, material_keys, triggers  # noqa: F401  -- registering needs the models loaded
        from materials.leaving import printing  # noqa: F401  -- names the work that jobs of this kind ask for
        from materials.pages import concerned, copies, shelves  # noqa: F401  -- list what is out, and what is searched
