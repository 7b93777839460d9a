"""The documentation is held against the code: links, commands, paths, settings, dependencies, decisions."""
