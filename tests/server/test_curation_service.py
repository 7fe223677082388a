"""A curator at a running service: nothing of what is shown to who is signed in comes from, or goes into, its cache."""

import re
import shutil
from pathlib import Path

import httpx
from running_service import serving

from server.tokens import Tokens


def test_curation_of_a_running_service_is_kept_nowhere(harbour: Path, tmp_path: Path) -> None:
    copy = tmp_path / "store"
    shutil.copytree(harbour, copy)
    _, secret = Tokens(copy).create("sports desk", ["curate"])
    with (
        serving(copy) as running,
        httpx.Client(base_url=running.url) as desk,
        httpx.Client(base_url=running.url) as other,
    ):
        form = re.search(r'name="form" value="([^"]+)"', desk.get("/curation").text)
        assert form is not None
        done = desk.post("/curation/sign-in", data={"form": form[1], "token": secret})
        assert done.status_code == 303
        for path in ("/curation", "/curation/conflicts", "/curation/review", "/curation/log"):
            for _ in range(2):
                page = desk.get(path)
                assert page.status_code == 200
                assert "sports desk" in page.text
                assert page.headers["Cache-Control"] == "private, no-store"
                assert "ETag" not in page.headers
            stranger = other.get(path)
            assert "sports desk" not in stranger.text
        own = re.search(r'name="form" value="([^"]+)"', desk.get("/curation").text)
        assert own is not None
        fields = {"form": own[1], "article": "bay-post", "reason": "taken back by the paper", "back": "/curation/log"}
        assert desk.post("/curation/withdraw", data=fields).status_code == 303
        log = desk.get("/curation/log").text
        assert "bay-post is withdrawn" in log
        assert other.get("/article/bay-post").status_code == 410
        entry = re.search(r'name="entry" value="(\d+)"', log)
        assert entry is not None
        desk.post("/curation/undo", data={"form": own[1], "entry": entry[1], "reason": "no, it did not"})
        assert other.get("/article/bay-post").status_code == 200
