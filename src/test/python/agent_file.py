"""The package under test, as a folder to import from and as the file that is laid out on the agent."""

import os
import sys
import zipapp

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCES = os.path.normpath(os.path.join(HERE, "../../main/python"))
FAKE = os.path.join(HERE, "fake")

if SOURCES not in sys.path:
    sys.path.insert(0, SOURCES)


def pyz(folder):
    """Makes the file in a folder, and gives its path; Java makes it of the same sources."""
    file = os.path.join(folder, "dbt_slim.pyz")
    zipapp.create_archive(SOURCES, file, main="dbt_slim.__main__:main", filter=lambda path: path.suffix == ".py")
    return file
