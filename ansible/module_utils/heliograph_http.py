"""JSON over HTTP: the admin API of relays, and what else answers so."""

from __future__ import annotations

import http.client
import json
import urllib.error
import urllib.parse
import urllib.request

# What is asked is in the same network: a proxy of the environment is not meant for it.
_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class HttpError(Exception):
    """No answer, or none that can be read."""


class Refused(HttpError):
    """An answer that says no."""

    def __init__(self, message, status):
        super().__init__(message)
        self.status = status


def ask(url, method="GET", body=None, token=None, timeout=3.0):
    """What is answered, as JSON. Raises Refused for an answer that is an error, HttpError for none."""
    request = urllib.request.Request(url, method=method)
    if token:
        request.add_header("Authorization", "Bearer " + token)
    if body is not None:
        request.data = json.dumps(body).encode("utf-8")
        request.add_header("Content-Type", "application/json")
    try:
        with _OPENER.open(request, timeout=timeout) as answer:
            return json.loads(answer.read() or b"null")
    except urllib.error.HTTPError as e:
        with e:
            raise Refused("%s %s: %d %s" % (method, url, e.code, _reason(e)), e.code) from e
    except urllib.error.URLError as e:
        raise HttpError("%s %s: %s" % (method, url, e.reason)) from e
    except (OSError, ValueError, http.client.HTTPException) as e:
        raise HttpError("%s %s: %s" % (method, url, e or type(e).__name__)) from e


def _reason(answer):
    """What an answer says about the error, in the form of the admin API, of Prometheus, or of anybody."""
    try:
        text = answer.read(2000).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException):
        return ""
    try:
        error = json.loads(text)["error"]
        return str(error["message"] if isinstance(error, dict) else error)
    except (ValueError, KeyError, TypeError):
        return text.strip()[:200]


class AdminApi:
    """The admin API of a cluster: any relay will do, so the first one that answers is asked, and asked again."""

    def __init__(self, urls, token, timeout=3.0, ask_others=True):
        """ask_others: whether another one is asked when a relay cannot at the moment, or only the next time: what waits for
        all relays takes as long with each of them.
        """
        self.ask_others = ask_others
        self.urls = [url.rstrip("/") for url in urls]
        self.token = token
        self.timeout = timeout

    def ask(self, path, method="GET", body=None):
        """What the first relay answers that answers. Raises Refused if it says no, HttpError if none answers."""
        silent = []
        for url in list(self.urls):
            try:
                answer = ask(url + path, method, body, self.token, self.timeout)
            except Refused as e:
                # One that has no room, or starts, or is an older one, is not the last word.
                if e.status < 500 and e.status != 404:
                    raise
                if not self.ask_others:
                    self.urls.remove(url)
                    self.urls.append(url)
                    raise
                silent.append(e)
            except HttpError as e:
                silent.append(e)
            else:
                self.urls.remove(url)
                self.urls.insert(0, url)
                return answer
        refusals = [e for e in silent if isinstance(e, Refused)]
        message = "; ".join(str(e) for e in silent) or "no relay is given"
        if refusals and len(refusals) == len(silent):
            raise Refused(message, refusals[0].status)
        raise HttpError(message)
