"""A Canvas of one course with one assignment, as its REST API documentation describes it.

Pages have links, tokens are asked for, a late policy takes what it takes, and requests can be made
to fail: https://developerdocs.instructure.com/services/canvas/resources/submissions
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "7~secret"
COURSE, ASSIGNMENT = 12, 345
_API = f"/api/v1/courses/{COURSE}"
_SUBMISSIONS = f"{_API}/assignments/{ASSIGNMENT}/submissions"


@dataclass
class Canvas:
    """What stands on Canvas.

    Attributes:
        assignment: fields of the assignment beside its number.

        users: the students.

        submissions: by the student's number.

        takes: the share that the late policy takes of what is late.

        faults: what becomes of the next requests that change something: a status with a text, or
            None to take the grade and close the connection without an answer.

        puts: the changes that were asked for.

        page: the most entries on a page.

        base: where it is.
    """

    assignment: dict[str, Any] = field(default_factory=dict)
    users: list[dict[str, Any]] = field(default_factory=list)
    submissions: dict[int, dict[str, Any]] = field(default_factory=dict)
    takes: float = 0.0
    faults: list[tuple[int, str] | None] = field(default_factory=list)
    puts: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    page: int = 2
    base: str = ""

    @property
    def address(self) -> str:
        """What a browser shows of the assignment."""
        return f"{self.base}/courses/{COURSE}/assignments/{ASSIGNMENT}"

    def add(self, number: int, name: str, **more: Any) -> None:
        """Enrol a student, to whom the assignment is assigned."""
        of_submission = {key: more.pop(key) for key in ("late", "excused") if key in more}
        self.users.append({"id": number, "name": name, **more})
        self.submissions[number] = {
            "id": 9000 + number,
            "user_id": number,
            "assignment_id": ASSIGNMENT,
            "late": False,
            "excused": False,
            "late_policy_status": None,
            **of_submission,
        }
        self.grade(number, None)

    def grade(self, number: int, score: float | None) -> None:
        """Enter a score, of which the late policy takes its share."""
        one = self.submissions[number]
        is_late = one["late"] and one["late_policy_status"] != "none"
        taken = score * self.takes if score and is_late else 0.0
        one["entered_score"], one["score"] = score, None if score is None else score - taken
        one["points_deducted"] = taken or None
        one["grade"] = one["entered_grade"] = None if score is None else str(score)

    def put(self, number: int, said: dict[str, str]) -> None:
        """Do what a teacher asks for."""
        self.puts.append((number, said))
        if status := said.get("submission[late_policy_status]"):
            self.submissions[number]["late_policy_status"] = status
        self.grade(number, float(said["submission[posted_grade]"]))


@contextmanager
def running(canvas: Canvas) -> Iterator[Canvas]:
    """Serve *canvas* on this machine, and note its address."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_words: object) -> None:
            """Be quiet."""

        def do_GET(self) -> None:
            """Answer with one thing, or with a page of several."""
            if not self._is_known():
                return
            path = urlsplit(self.path).path
            assignment = {"id": ASSIGNMENT, "course_id": COURSE, "name": "Warm-up"}
            usual = {"grading_type": "points", "points_possible": 4.0}
            one = {
                _API: {"id": COURSE, "name": "A course"},
                f"{_API}/assignments/{ASSIGNMENT}": {**assignment, **usual, **canvas.assignment},
            }
            many = {
                f"{_API}/search_users": canvas.users,
                _SUBMISSIONS: [*canvas.submissions.values()],
            }
            if path in one:
                self._answer(200, one[path])
            elif path in many:
                self._answer_page(many[path])
            else:
                self._answer(404, {"errors": [{"message": "not there"}]})

        def do_PUT(self) -> None:
            """Change a submission, unless something else is to happen."""
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            if not self._is_known():
                return
            number = int(self.path.rpartition("/")[2])
            fault: tuple[int, str] | None = (0, "")
            if canvas.faults:
                fault = canvas.faults.pop(0)
            if fault and fault[0]:
                self._answer(fault[0], fault[1])
                return
            canvas.put(number, {key: values[0] for key, values in parse_qs(body).items()})
            if fault is None:
                self.close_connection = True
                self.connection.close()
            else:
                self._answer(200, canvas.submissions[number])

        def _is_known(self) -> bool:
            if self.headers["Authorization"] == f"Bearer {TOKEN}":
                return True
            said = {"errors": [{"message": "Invalid access token."}]}
            self._answer(401, said, ("WWW-Authenticate", 'Bearer realm="canvas-lms"'))
            return False

        def _answer_page(self, every: list[dict[str, Any]]) -> None:
            asked = parse_qs(urlsplit(self.path).query)
            page = int(asked.get("page", ["1"])[0])
            shown = every[(page - 1) * canvas.page : page * canvas.page]
            link = ""
            if page * canvas.page < len(every):
                link = f'<{canvas.base}{urlsplit(self.path).path}?page={page + 1}>; rel="next"'
            self._answer(200, shown, ("Link", link))

        def _answer(self, status: int, content: object, *headers: tuple[str, str]) -> None:
            text = content if isinstance(content, str) else json.dumps(content)
            self.send_response(status)
            for name, value in headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(text.encode())))
            self.end_headers()
            self.wfile.write(text.encode())

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    canvas.base = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield canvas
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
