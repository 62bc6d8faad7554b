"""What can be done from the command line, one module a command.

A module has HELP (one line), add_arguments(parser) and run(options), which prints and may return an exit code. Django
is loaded inside run, so that `fedele --help` answers at once.
"""

COMMANDS = {
    "demo": "demo",
    "serve": "serve",
    "worker": "worker",
    "migrate": "migrate",
    "backup": "backup",
    "restore": "restore",
    "import": "import_records",
    "export": "export_records",
    "duplicates": "duplicates",
    "mail": "mail",
    "administrator": "administrator",
    "check": "check",
    "explain": "explain",
    "demo-data": "demo_data",
}
