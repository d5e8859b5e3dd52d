"""An S3 server on a free port of loopback, which it prints: moto's, for a process of its own.

One request at a time: moto looks whether an object is there and then puts it, and between the two another may come.
"""

from threading import Lock

from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

_ONE = Lock()
_MOTO = DomainDispatcherApplication(create_backend_app)


def answer(environ, start_response):
    """Answer one request after the other."""
    with _ONE:
        return list(_MOTO(environ, start_response))


if __name__ == "__main__":
    server = make_server("127.0.0.1", 0, answer, threaded=True)
    print(server.server_port, flush=True)  # noqa: T201 - whoever started this reads it
    server.serve_forever()
