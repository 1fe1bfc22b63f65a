"""A warehouse of its own for orchestration tests: database, places, resources, Dagster instance."""

import dagster as dg
import pytest

from orchestration.settings import settings


@pytest.fixture(scope="module")
def home(tmp_path_factory, module_database_url):
    """A home and a database of its own, as the environment names them to an installation."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KHO_HOME", str(folder))
        patch.setenv("KHO_DATABASE_URL", module_database_url)
        settings.cache_clear()
        yield folder
    settings.cache_clear()


@pytest.fixture(scope="module")
def instance():
    with dg.instance_for_test() as instance:
        yield instance


@pytest.fixture(scope="module")
def run_job(instance, home):
    """Run a job in this process; return its result."""
    from orchestration.definitions import defs

    definitions = defs()

    def run(job, *, only=None, partition=None):
        return definitions.resolve_job_def(job).execute_in_process(
            instance=instance, asset_selection=only, partition_key=partition, raise_on_error=False
        )

    return run
