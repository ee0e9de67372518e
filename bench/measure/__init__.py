# SPDX-License-Identifier: Apache-2.0
"""What bench/compare and bench/growth are made of: costs of processes, samples of trees, tables and
plots of what was measured. Python 3.9 and its standard library, nothing else."""


class Unusable(Exception):
    """Arguments, a tree or a tool that nothing can be measured with; its text says what to do."""
