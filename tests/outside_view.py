"""What stands in a database, seen by a connection that Odoo knows nothing of."""

from contextlib import closing, contextmanager

import psycopg2


class OutsideView:
    """A database that processes work in, and what happens to it."""

    def __init__(self, session, name, folder):
        self.session, self.name, self.folder = session, name, folder

    @contextmanager
    def connection(self):
        server = self.session.databases.server
        options = {"host": server.host, "port": server.port, "user": server.user}
        password = {"password": server.password} if server.password else {}
        with closing(psycopg2.connect(dbname=self.name, **options, **password)) as connection:
            yield connection

    def rows(self, query):
        with self.connection() as connection, connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchall()
