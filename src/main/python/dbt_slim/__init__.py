"""Runs dbt for dbt-slim: operations and mostly a build, or a blue/green deployment, in one dbt process; and the doctor.

Python >= 3.9, standard library and dbt only. On the agent it is one file, dbt_slim.pyz, from which Python imports
nothing but this package: no adapter and no Python model can find a module of ours by accident, nor miss one of its own.
"""
