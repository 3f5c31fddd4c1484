import os
import socket
import threading
import unittest

from harness import load, run


class Relay:
    """Answers one request after the other behind the PROXY protocol; what it was sent first is kept."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.heard = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self):
        for answer in self.answers:
            connection, _ = self.listener.accept()
            with connection:
                self.heard.append(connection.recv(4096))
                connection.sendall(answer.encode())

    def close(self):
        self.listener.close()
        self.thread.join(10)


class RelayReadyTest(unittest.TestCase):
    def setUp(self):
        module = load("relay_ready")
        self.local = module.LOCAL
        self.folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data", "systemd")
        path = os.environ["PATH"]
        self.addCleanup(os.environ.__setitem__, "PATH", path)
        os.environ["PATH"] = self.folder + os.pathsep + path

    def relay(self, *answers):
        relay = Relay(*answers)
        self.addCleanup(relay.close)
        return relay

    def test_it_waits_until_the_relay_is_ready(self):
        relay = self.relay("HTTP/1.1 503 no\r\n\r\n{}", "HTTP/1.1 200 OK\r\n\r\n{}")
        result = run("relay_ready", address="127.0.0.1", port=relay.port)
        self.assertFalse(result.get("failed", False), result)
        self.assertEqual("200 {}", result["answer"])
        self.assertTrue(all(each.startswith(self.local) for each in relay.heard))
        self.assertEqual(2, len(relay.heard))

    def test_who_is_asked_once_says_what_is_the_matter(self):
        relay = self.relay('HTTP/1.1 503 no\r\n\r\n{"redis": "down"}')
        result = run("relay_ready", address="127.0.0.1", port=relay.port, seconds=0)
        self.assertIn('not ready after 0 s; it said: 503 {"redis": "down"}', result["msg"])

    def says(self, unit):
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        return run("relay_ready", address="127.0.0.1", port=port, seconds=600, unit=unit)

    def test_of_a_process_that_ends_again_and_again_nothing_is_waited_for(self):
        result = self.says("heliograph@ends")
        self.assertIn("does not run: heliograph@ends has ended 2 times since it was started; it logged last: ", result["msg"])
        self.assertTrue(result["msg"].endswith("first line of heliograph@ends / error: it does not start"), result["msg"])

    def test_nor_of_a_unit_that_has_failed(self):
        self.assertIn("heliograph@failed has failed (exit-code)", self.says("heliograph@failed")["msg"])

    def test_a_unit_that_runs_is_waited_for(self):
        relay = self.relay("HTTP/1.1 200 OK\r\n\r\n{}")
        result = run("relay_ready", address="127.0.0.1", port=relay.port, unit="heliograph@once")
        self.assertFalse(result.get("failed", False), result)


if __name__ == "__main__":
    unittest.main()
