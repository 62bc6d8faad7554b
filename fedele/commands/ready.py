"""Django, loaded when a command needs it."""


def use_django() -> None:
    import django
    from django.conf import settings

    django.setup()
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
