"""A headless Chromium with the real page in it."""
import base64, os, re, shutil, tempfile
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

import page


def driver(language="zh-CN"):
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu",
                     "--window-size=1240,1600", f"--lang={language}", "--force-device-scale-factor=1"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    options.add_experimental_option("prefs", {"intl.accept_languages": language})
    os.environ["LANGUAGE"] = language
    started = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    started.set_script_timeout(240)
    return started


class Browser:
    """`with Browser() as browser:` opens `verify.html` from a file, as an auditor does."""

    def __init__(self, html=None, language="zh-CN"):
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(html) if html else Path(self.folder.name) / "verify.html"
        if not html:
            self.path.write_text(page.html(), encoding="utf-8")
        self.driver = driver(language)
        self.driver.get(self.path.resolve().as_uri())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.driver.quit()
        self.folder.cleanup()

    def verify(self, files, **options):
        """Through the page's own API; `options` are those of `mingzhang.verify`, bytes as bytes."""
        return self.driver.execute_async_script(
            "const done = arguments[2]; mingzhang.verify(arguments[0], arguments[1]).then(done, (e) => done({crash: String(e.stack)}));",
            coded(files), coded(options))

    def each_flipped(self, files, path, mask, **options):
        """Outcomes of the bundle with each byte of one file changed, computed in the page."""
        return self.driver.execute_async_script("""
            const [files, path, mask, options, done] = arguments;
            (async () => {
                const bytes = Uint8Array.from(atob(files[path]), (c) => c.charCodeAt(0));
                const out = [];
                for (let i = 0; i < bytes.length; i++) {
                    bytes[i] ^= mask;
                    const {outcome, error, faults} = await mingzhang.verify({...files, [path]: bytes}, options);
                    out.push([error ?? outcome, faults?.length]);
                    bytes[i] ^= mask;
                }
                done(out);
            })().catch((e) => done({crash: String(e.stack)}));
            """, coded(files), path, mask, coded(options))

    def errors(self):
        """What the browser complained of: the page's own mistakes and what its policy forbade."""
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]


def coded(value):
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, dict):
        return {re.sub(r"_(.)", lambda m: m[1].upper(), key) if isinstance(key, str) and "." not in key and "/" not in key
                and key in ("max_age_seconds",) else key: coded(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [coded(one) for one in value]
    return value
