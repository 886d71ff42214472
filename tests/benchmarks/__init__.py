"""What searching costs, beside other engines: `python -m tests.benchmarks --help`."""
