"""The database as dbt's adapter reaches it."""

from __future__ import annotations

from typing import Any


class AdapterDatabase:
    """Asks on the connection that the adapter has for this thread."""

    def __init__(self, adapter: Any) -> None:
        self.adapter = adapter

    def query(self, sql: str) -> list[Any]:
        """dbt's own way would take an id for a number; BigQuery's adapter has no other."""
        if not hasattr(self.adapter.connections, "add_query"):
            return [tuple(row) for row in self.adapter.execute(sql, fetch=True)[1].rows]
        _, cursor = self.adapter.connections.add_query(sql, auto_begin=False)
        return list(cursor.fetchall()) if cursor.description else []

    def reconnect(self) -> None:
        """After a statement that failed, or a connection that is gone."""
        connections = self.adapter.connections
        connections.close(connections.get_thread_connection())
        connections.set_connection_name("dbt_slim")
