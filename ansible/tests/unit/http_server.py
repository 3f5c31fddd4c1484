"""An HTTP server for a test, which answers as it is told."""

from __future__ import annotations

import http.server
import json
import threading


class JsonServer:
    """Answers a request by a function (method, path, body) -> (status, JSON); keeps what was asked."""

    def __init__(self, answer):
        asked = self.asked = []

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def serve(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                asked.append((self.command, self.path, json.loads(body or b"null"), self.headers.get("Authorization")))
                status, value = answer(self.command, self.path, asked[-1][2])
                text = value if isinstance(value, bytes) else json.dumps(value).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            do_GET = do_PUT = do_POST = serve

            def log_message(self, *_):
                """Nothing: a test has its own words."""

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = "http://127.0.0.1:%d" % self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
