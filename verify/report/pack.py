"""Long parts of a page are stored compressed; the page's script unpacks them when it opens."""

import base64
import re
import zlib

START, END = "<!--pack-->", "<!--/pack-->"
MARKED = re.compile(f"{START}(.*?){END}", re.DOTALL)


def packed(page: str) -> str:
    """Return `page` with each part between the marks compressed (zlib, base64) in a script element."""
    return MARKED.sub(lambda found: _stored(found[1]), page)


def unpacked(page: str) -> str:
    """Return the page that `packed` was given, without its marks."""
    parts = re.compile(r'<script type="text/plain" class="packed">(.*?)</script>', re.DOTALL)
    return parts.sub(lambda found: zlib.decompress(base64.b64decode(found[1])).decode("utf-8"), page)


def _stored(part: str) -> str:
    text = base64.b64encode(zlib.compress(part.encode("utf-8"), level=9)).decode("ascii")
    return f'<script type="text/plain" class="packed">{text}</script>'
