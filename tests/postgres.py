"""The PostgreSQL of the test run: a cluster of its own, faster than a safe one."""

from cluster.postgresql import Cluster, NotInstalledError, temporary_cluster

__all__ = ["Cluster", "NotInstalledError", "temporary_cluster"]
