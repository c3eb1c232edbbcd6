"""``python -m grader``: gradproof's command line, where scripts are not on the path."""

import sys

if __name__ == "__main__":
    if not sys.flags.safe_path:
        # The current directory, whose cli.py or random.py is a learner's.
        del sys.path[0]
    from cli import main

    main(prog_name="python -m grader")
