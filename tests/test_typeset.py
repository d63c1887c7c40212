"""A formula, code or marked number is joined to what touches it, nothing else; cells with sentences are told apart.
식이나 코드, 검증한 수가 바로 붙은 글자와만 한 줄로 묶이는지, 문장이 든 칸을 골라내는지 확인합니다."""

import pytest

from scripts.book import typeset

MATH = '<span class="arithmatex" data-search-exclude>\\(a < b\\)</span>'


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        (f"값 {MATH}은 크다", [f"{MATH}은"]),
        (f"값({MATH}) 하나", [f"값({MATH})"]),
        (f"값 {MATH}<!-- eq: xavier --> 하나", [f"{MATH}<!-- eq: xavier -->"]),
        (f"값 {MATH}<!-- eq: xavier -->인 때", [f"{MATH}<!-- eq: xavier -->인"]),
        (f"값 {MATH} 하나", []),
        ("값 <code>rng</code>는 하나", ["<code>rng</code>는"]),
        ("값 <code>rng</code> 하나", []),
        (f"값 <code>{'x' * 25}</code>는 하나", []),
        ("표준편차 0.01<!-- num: given -->은 작다", ["0.01<!-- num: given -->은"]),
        ("0.01<!-- num: a -->과 0.02<!-- num: b -->는", ["0.01<!-- num: a -->과", "0.02<!-- num: b -->는"]),
        ("<code>a</code>/<code>b</code>는", ["<code>a</code>/", "<code>b</code>는"]),
        ("<strong>0.01</strong><!-- num: a --> 하나", []),
        ("수&lt;0.01<!-- num: a -->&gt; 하나", ["0.01<!-- num: a -->"]),
        ("팬인<!-- term: fan-in -->은 하나", []),
        ("<pre><code>rng</code>는 $</pre>", []),
        (f"끝<pre>x</pre>은 {MATH}.", [f"{MATH}."]),
    ],
)
def test_what_touches_is_joined(text: str, joined: list[str]) -> None:
    made = typeset.glue(text)
    assert made.count("wi-join") == len(joined)
    bare = made
    for piece in joined:
        bare = bare.replace(f'<span class="wi-join">{piece}</span>', piece, 1)
    assert bare == text, "nothing else changes"


def test_a_long_run_is_left_to_break() -> None:
    made = typeset.glue(f"{MATH}{'가' * 40}")
    assert made == f'<span class="wi-join">{MATH}{"가" * 12}</span>{"가" * 28}'


def test_cells_with_sentences_are_named() -> None:
    sentence = "이 칸에는 짧지 않은 한 문장이 들어 있습니다."
    row = f'<td>12</td><td style="text-align: right">{sentence}</td><td><a href="{"x" * 40}">쪽</a></td>'
    made = typeset.widen(row)
    assert made == row.replace('right">', 'right" class="wi-wide">')
