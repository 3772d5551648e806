"""Reading order: the halves of a sentence come together, what stood between them beside them."""

from retrieval.parsing.reading_order import ROW_BREAK, Block, group_paragraphs

HALF = "We train the model on text of many kinds, which we draw from"
REST = "the web and from books. It has 48 layers."
NUMBER = Block("7", page=1, top=780, bottom=790, size=8)
CAPTION = Block("Figure 1: The model.", page=1, top=500, bottom=510, size=10)
NEW = Block(
    "Our next paragraph starts here, and it is a long one too.",
    page=1,
    top=300,
    bottom=320,
    size=10,
)


def half(text: str = HALF, page: int = 1, top: float = 600, size: float = 10) -> Block:
    return Block(text, page, top, top + 20, size)


def rest(text: str = REST, page: int = 2, top: float = 70, size: float = 10) -> Block:
    return Block(text, page, top, top + 20, size)


def order(*blocks: Block) -> list[list[Block]]:
    found = group_paragraphs(blocks)
    assert sorted(map(id, blocks)) == sorted(id(block) for part in found for block in part)
    pages = [block.page for part in found for block in part]
    assert pages == sorted(pages)
    return found


def test_the_foot_of_a_page_comes_before_and_the_head_of_the_next_behind():
    head = Block("A Running Head", page=2, top=30, bottom=40, size=8)

    assert order(half(), NUMBER, head, rest()) == [[NUMBER], [half(), rest()], [head]]


def test_a_figure_on_top_of_the_second_column_comes_behind():
    below = rest(page=1, top=200)

    assert order(half(), CAPTION, below, NUMBER) == [[half(), below], [CAPTION], [NUMBER]]


def test_a_sentence_may_run_over_two_columns_and_a_page():
    middle = half("depth alone of all the measures that were tried for it, and by", top=70)

    found = order(half(), CAPTION, middle, NUMBER, rest())

    assert found == [[CAPTION], [NUMBER], [half(), middle, rest()]]


def test_blocks_of_one_paragraph_that_follow_each_other_join():
    below = rest(page=1, top=640)

    assert order(half(), below) == [[half(), below]]


def test_a_formula_between_two_lines_stays_where_it_is():
    formula = Block("Y = WX + B", page=1, top=622, bottom=632, size=10)
    below = rest("where W is a matrix.", page=1, top=640)

    assert order(half(), formula, below) == [[half()], [formula], [below]]


def test_a_capital_goes_on_only_behind_a_word_that_ends_no_sentence():
    goes_on = rest("Mistral and other models of about the same size.")
    begins = rest("Mistral is another model of about the same size.")
    whole = half("We train the model on text of many kinds as others do it")

    assert order(half(), goes_on) == [[half(), goes_on]]
    assert order(whole, begins) == [[whole], [begins]]


def test_a_long_paragraph_without_an_end_goes_on_with_a_name_on_the_next_page():
    long = half(
        "We do not use the supplied passages, only the questions and the answers, to treat it"
    )
    name = rest("MSMARCO as an open-domain task of abstractive answering.")

    assert order(long, NUMBER, name) == [[NUMBER], [long, name]]


def test_the_parts_of_a_formula_join():
    parts = [
        Block(text, 1, 100 + at, 112 + at, 10) for at, text in enumerate(("p(y|x) ≈", "X", "z∈Z"))
    ]
    label = Block("Encoder", 1, 104, 116, 10)
    row = Block("GNMT\t2.3 · 1019", 1, 116, 126, 10)

    assert order(*parts, label, row, row) == [parts, [label], [row], [row]]


def test_a_sentence_that_has_ended_does_not_go_on():
    for end in (".", "?", ".”", ".)", ":", ".12"):
        ended = half("We train the model on text of many kinds" + end)

        assert order(ended, rest()) == [[ended], [rest()]]


def test_what_is_set_in_another_size_does_not_go_on():
    footnote = rest("see our page for all of it.", page=1, top=700, size=8)

    assert order(half(), footnote) == [[half()], [footnote]]


def test_a_new_paragraph_between_says_that_there_is_nothing_to_go_on_with():
    stops = half("We train the model on text of many kinds as others do it")

    assert order(stops, NEW, rest()) == [[stops], [NEW], [rest()]]


def test_headings_and_captions_and_rows_do_not_go_on():
    heading = half("of our work")
    caption = half("Table 2: Results of all of our models, of each size and of")
    rows = half(f"The results{ROW_BREAK}SOLAR\t48\t10.7B of many kinds of which we show")

    for block in (heading, caption, rows):
        assert order(block, rest()) == [[block], [rest()]]


def test_a_sentence_does_not_go_on_two_pages_further():
    assert order(half(), rest(page=3)) == [[half()], [rest(page=3)]]


def test_no_blocks_no_paragraphs():
    assert group_paragraphs([]) == []


def line(text: str, top: float, *, left: float = 73, right: float = 551, size: float = 12) -> Block:
    """One line of a Korean report, which fills its column unless it is said otherwise."""
    return Block(text, 1, top, top + size, size, left=left, right=right)


FULL = line("• 구글이 앤스로픽에 최대 20억 달러를 투자하기로 합의했으며, 이 중 5억", 304)


def test_a_full_line_of_hangul_goes_on_in_the_next():
    short = line(
        "달러를 우선 투자하고 향후 15억 달러를 추가로 투자할 방침", 324, left=88, right=391
    )

    assert order(FULL, short) == [[FULL, short]]


def test_an_item_a_short_line_and_a_far_one_go_on_with_nothing():
    item = line("∙구글은 2023년 2월 앤스로픽에 이미 5억 5,000만 달러를 투자한 바 있음", 324)
    short = line("KEY Contents와 요약", 304, right=178)
    far = line("다음 절에서는 투자의 배경을 살펴봄", 370)

    assert order(FULL, item) == [[FULL], [item]]
    assert order(short, FULL) == [[short], [FULL]]
    assert order(FULL, far) == [[FULL], [far]]


def test_a_full_line_that_ends_its_sentence_goes_on_with_nothing():
    ended = line("구글은 앤스로픽에 최대 20억 달러를 투자하기로 하고 계약을 맺었습니다.", 304)
    following = line("아마존은 40억 달러의 투자 계획을 공개", 324)

    assert order(ended, following) == [[ended], [following]]
