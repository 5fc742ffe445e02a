import re

from verify.report.pack import END, START, packed, unpacked


def test_what_is_packed_unpacks_to_what_it_was(page):
    plain = page.replace(START, "").replace(END, "")

    assert unpacked(packed(page)) == plain


def test_the_claims_and_the_derivations_are_packed_and_the_rest_is_not(page):
    small = packed(page)

    assert not re.search(r'<article class="(claim|derivation)', small)
    assert '<section id="summary">' in small
    assert len(small) < len(page)
