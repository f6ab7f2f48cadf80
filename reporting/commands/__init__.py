"""The verbs of the command line, grouped: disclose (check, build, trace), explore (the questions users ask), factors."""
