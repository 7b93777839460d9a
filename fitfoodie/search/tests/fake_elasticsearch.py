"""An HTTP server that answers as the reference of Elasticsearch 9 documents, for the calls that the engine makes.

It is strict where the real one is: unknown fields, indexes and kinds of query are errors. Words are taken apart by a
stand-in for the analyzers that the engine asks for.
"""

import fnmatch
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

from fitfoodie.search.analysis import stem, tokens


class RefusedError(Exception):
    def __init__(self, status, kind, reason):
        super().__init__(reason)
        self.status = status
        self.body = {"error": {"type": kind, "reason": reason, "root_cause": []}, "status": status}


class FakeElasticsearch:
    def __init__(self):
        self.indices = {}
        self.aliases = {}
        self.requests = []
        self.fails_with = None
        self.is_stopped = False
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # Head and body in one packet, or each answer waits for an acknowledgement.
            wbufsize = -1

            def log_message(self, *args):
                pass

            def _handle(self):
                if fake.is_stopped:
                    self.close_connection = True
                    return
                length = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(length).decode()
                path = unquote(urlsplit(self.path).path)
                fake.requests.append((self.command, path))
                try:
                    status, answer = fake.answer(self.command, path, body)
                except RefusedError as refusal:
                    status, answer = refusal.status, refusal.body
                payload = b"" if self.command == "HEAD" else json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("X-Elastic-Product", "Elasticsearch")
                self.send_header("Content-Type", "application/vnd.elasticsearch+json;compatible-with=9")
                self.send_header("Content-Length", str(len(payload)))
                self.end_headers()
                self.wfile.write(payload)

            do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _handle  # noqa: N815  names of http.server

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self.thread.start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def stop(self):
        """May be called again. Connections that are kept alive are closed without an answer."""
        self.is_stopped = True
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    # Routes

    def answer(self, method, path, body):  # noqa: C901  one table of routes
        if self.fails_with:
            raise RefusedError(self.fails_with, "es_rejected_execution_exception", "told to fail")
        parts = [part for part in path.split("/") if part]
        data = json.loads(body) if body and parts != ["_bulk"] else None
        match (method, parts):
            case "GET", []:
                return 200, {"name": "fake", "version": {"number": "9.1.0"}, "tagline": "You Know, for Search"}
            case "POST" | "PUT", ["_bulk"]:
                return 200, self.bulk(body)
            case "POST", ["_aliases"]:
                return 200, self.update_aliases(data["actions"])
            case "GET", ["_alias", name]:
                return 200, self.get_alias(name)
            case "PUT", [name]:
                return 200, self.create(name, data)
            case "GET", [pattern]:
                found = fnmatch.filter(self.indices, pattern)
                return 200, {name: {"mappings": self.indices[name]["mappings"]} for name in found}
            case "DELETE", [name]:
                del self.indices[self.only(name)]
                return 200, {"acknowledged": True}
            case "POST", [name, "_refresh"]:
                self.only(name)
                return 200, {"_shards": {"total": 2, "successful": 1, "failed": 0}}
            case "GET" | "POST", [name, "_count"]:
                return 200, {"count": len(self.indices[self.only(name)]["docs"]), "_shards": {}}
            case "POST", [name, "_search"]:
                return 200, self.search(self.indices[self.only(name)], data)
        raise RefusedError(400, "illegal_argument_exception", f"no handler for {method} {path}")

    def only(self, name):
        name = self.aliases.get(name, name)
        if name not in self.indices:
            raise RefusedError(404, "index_not_found_exception", f"no such index [{name}]")
        return name

    def create(self, name, data):
        if name in self.indices:
            raise RefusedError(400, "resource_already_exists_exception", f"index [{name}] already exists")
        assert set(data) <= {"settings", "mappings", "aliases"}
        self.indices[name] = {"mappings": data["mappings"], "docs": {}}
        return {"acknowledged": True, "shards_acknowledged": True, "index": name}

    def get_alias(self, name):
        if name not in self.aliases:
            raise RefusedError(404, "aliases_not_found_exception", f"alias [{name}] missing")
        return {self.aliases[name]: {"aliases": {name: {}}}}

    def update_aliases(self, actions):
        for action in actions:
            ((kind, given),) = action.items()
            if kind == "remove_index":
                del self.indices[given["index"]]
            elif kind == "add":
                self.aliases[given["alias"]] = self.only(given["index"])
            else:
                raise RefusedError(400, "illegal_argument_exception", f"unknown action [{kind}]")
        return {"acknowledged": True, "errors": False}

    def bulk(self, body):
        lines, items = iter(body.splitlines()), []
        for line in lines:
            ((kind, meta),) = json.loads(line).items()
            source = json.loads(next(lines)) if kind != "delete" else None
            status = self.bulk_item(kind, self.indices[self.only(meta["_index"])], meta["_id"], source)
            items.append({kind: {"_index": meta["_index"], "_id": meta["_id"], "status": status}})
            if status >= 400:
                items[-1][kind]["error"] = {"type": "version_conflict_engine_exception", "reason": "refused"}
        return {"took": 1, "errors": any("error" in next(iter(item.values())) for item in items), "items": items}

    def bulk_item(self, kind, index, pk, source):
        docs = index["docs"]
        if kind == "delete":
            return 200 if docs.pop(pk, None) is not None else 404
        self.check_mapping(index["mappings"]["properties"], source)
        if kind == "create" and pk in docs:
            return 409
        status = 200 if pk in docs else 201
        docs[pk] = source
        return status

    def check_mapping(self, properties, source):
        for key, value in source.items():
            if key not in properties:
                raise RefusedError(400, "strict_dynamic_mapping_exception", f"introduction of [{key}] is not allowed")
            if isinstance(value, dict):
                self.check_mapping(properties[key]["properties"], value)

    # Searching

    def search(self, index, data):
        allowed = {"query", "sort", "size", "_source", "track_scores", "track_total_hits"}
        assert set(data) <= allowed, set(data) - allowed
        hits = []
        for pk, source in index["docs"].items():
            score = self.score(data["query"], source)
            if score is not None:
                hits.append({"_index": "x", "_id": pk, "_score": score, "_source": source})
        for order in reversed(data["sort"]):
            ((field, direction),) = order.items()
            hits.sort(
                key=lambda hit: hit["_score"] if field == "_score" else hit["_source"][field],
                reverse=direction == "desc",
            )
        if data.get("_source") is False:
            hits = [{key: value for key, value in hit.items() if key != "_source"} for hit in hits]
        return {"took": 1, "timed_out": False, "_shards": {}, "hits": {"max_score": None, "hits": hits[: data["size"]]}}

    def score(self, query, source):
        ((kind, given),) = query.items()
        return {"bool": self.score_bool, "multi_match": self.score_multi_match, "prefix": self.score_prefix}[kind](
            given, source
        )

    def score_bool(self, given, source):
        assert set(given) <= {"must", "must_not", "should", "minimum_should_match"}
        if any(self.score(query, source) is not None for query in given.get("must_not", [])):
            return None
        must = [self.score(query, source) for query in given.get("must", [])]
        should = [score for query in given.get("should", []) if (score := self.score(query, source)) is not None]
        if None in must or len(should) < given.get("minimum_should_match", 0):
            return None
        return sum(must) + sum(should)

    def score_prefix(self, given, source):
        ((field, options),) = given.items()
        return 1.0 if any(key.startswith(options["value"]) for key in source[field]) else None

    def score_multi_match(self, given, source):
        scores = []
        for boosted in given["fields"]:
            field, _, boost = boosted.partition("^")
            path = field.split(".")
            is_english = path[-1] == "en"
            text = source["texts"].get(path[1], "")
            found = self.occurrences(analyzed(text, is_english), given, is_english)
            if found:
                scores.append(float(boost or 1) * (found / (found + 1.2)))
        return max(scores) if scores else None

    def occurrences(self, words, given, is_english):
        wanted = analyzed(given["query"], is_english)
        if given["type"] == "best_fields":
            return sum(words.count(word) for word in wanted)
        count = 0
        for start in range(len(words) - len(wanted) + 1):
            run = words[start : start + len(wanted)]
            last = run[-1].startswith(wanted[-1]) if given["type"] == "phrase_prefix" else run[-1] == wanted[-1]
            count += run[:-1] == wanted[:-1] and last
        return count


def analyzed(text, is_english):
    words = [token.word for token in tokens(text)]
    return [stem(word) for word in words] if is_english else words
