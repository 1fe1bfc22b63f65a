"""A digitising run in a process of its own, to be killed: `-m tests.support.digitising JSON`."""

import json
import sys

import dagster as dg

from orchestration.defs.digitization.assets import digitize, receive
from orchestration.resources import Database, FileStore, Inbox, ScanEngines


class GivenDatabase(Database):
    """The database at an address that is said."""

    address: str

    def url(self):
        return self.address


def main(given):
    with dg.DagsterInstance.ephemeral() as instance:
        instance.add_dynamic_partitions("scan_batch", [given["key"]])
        done = dg.materialize(
            [receive, digitize],
            instance=instance,
            partition_key=given["key"],
            run_config={"ops": {"digitize": {"config": {"reread": given["reread"]}}}},
            resources={
                "database": GivenDatabase(address=given["url"]),
                "file_store": FileStore(address=given["store"]),
                "inbox": Inbox(folder=given["inbox"], work=given["work"]),
                "scan_engines": ScanEngines(tools=given["tools"], reader="fast", workers=2),
            },
        )
    return 0 if done.success else 1


if __name__ == "__main__":
    sys.exit(main(json.loads(sys.argv[1])))
