"""Make someone an administrator: the first of a new installation, or one more when nobody can sign in any longer."""

from __future__ import annotations

import argparse
import getpass
import secrets
import sys

from fedele.commands.answering import add_json, answer
from fedele.commands.failing import Failed
from fedele.commands.ready import use_django

HELP = "make someone an administrator"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("email", help="how she or he signs in")
    parser.add_argument("--name", default="", help='first and last name, for instance "Sara Conti"')
    add_json(parser)


def run(options: argparse.Namespace) -> None:
    use_django()
    from django.core.validators import validate_email

    from fedele.access.models import User

    validate_email(options.email)
    user = User.objects.filter(email__iexact=options.email).first() or User(email=options.email.lower())
    is_new = user.pk is None
    if options.name:
        user.first_name, _, user.last_name = options.name.partition(" ")
    password, was_asked = new_password(user)
    user.is_active = user.is_superuser = user.is_staff = True
    user.set_password(password)
    user.save()
    facts = {"email": user.email, "new": is_new} | ({} if was_asked else {"password": password})
    lines = [f"{user.email} is an administrator now."] + ([] if was_asked else [f"The password is: {password}"])
    answer(options, facts, lines)


def new_password(user: object) -> tuple[str, bool]:
    """Asked twice at a terminal; drawn by chance where nobody can type."""
    if not sys.stdin.isatty():
        return secrets.token_urlsafe(12), False
    from django.contrib.auth.password_validation import validate_password

    password = getpass.getpass("Password: ")
    validate_password(password, user)
    if getpass.getpass("Once more: ") != password:
        raise Failed("The two passwords differ; nothing was changed.")
    return password, True
