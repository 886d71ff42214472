"""What Discord allows: pure functions from a request body to the problems with it.

They cover what its OpenAPI description cannot say (totals over several fields, what excludes what,
names, uniqueness) together with the plain limits, so that a bot meets the same refusals here.
Where Discord publishes no name for a code, the nearest one it uses elsewhere is given.
"""
