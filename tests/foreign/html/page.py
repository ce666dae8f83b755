"""verify.html out of its pieces, as `src/export/verifiers` puts them together: `python page.py OUT.html`."""
import base64, hashlib, re, sys
from pathlib import Path

PIECES = Path(__file__).resolve().parents[3] / "src/export/verifiers/html"


def sha256(text):
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def between(page, start, end):
    return page.split(start, 1)[1].split(end, 1)[0]


def html():
    page = re.sub(r"^//= (\S+\.js)\n", lambda found: (PIECES / found[1]).read_text(encoding="utf-8"),
                  (PIECES / "page.html").read_text(encoding="utf-8"), flags=re.M)
    script, style = between(page, "<script>", "</script>"), between(page, "<style>", "</style>")
    return page.replace("//= policy", f"default-src 'none'; script-src 'sha256-{sha256(script)}'; "
                        f"style-src 'sha256-{sha256(style)}'; base-uri 'none'; form-action 'none'")


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(html(), encoding="utf-8")
