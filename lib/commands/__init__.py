"""What the command line does, one function a command: options in, words out, and the exit code."""
