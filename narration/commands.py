"""How a voice that is a program is written: `command:TEMPLATE`, or `command/TEMPLATE` as any other voice."""

COMMAND_ENGINE = "command"


def is_command(name: str) -> bool:
    """Whether this voice or engine, as it was written, would have a program run."""
    return name == COMMAND_ENGINE or name.startswith((f"{COMMAND_ENGINE}:", f"{COMMAND_ENGINE}/"))


def template(name: str) -> str:
    """The command of a voice or engine that is one."""
    return name[len(COMMAND_ENGINE) + 1 :].strip()
