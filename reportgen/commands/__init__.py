"""The commands, one a module: what each takes, and what it does with it. Their order is that of the help."""

from reportgen.commands import audit, build, check, deck, distribute, init, memo, schema, theme

COMMANDS = (memo, deck, theme, build, check, audit, distribute, init, schema)
