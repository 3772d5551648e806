"""Estimates: what work takes, by hand for known prices; unknown ones are not guessed."""

import pytest

from graph.settings import Settings
from indexing.estimate import Estimate, estimate_work
from language.tokens import count_tokens
from retrieval.ingest.progress import Progress, Step
from retrieval.ingest.workload import Workload
from tests.samples import passage

PAPER = [passage(f"SOLAR has {n} layers.", str(n)) for n in range(20)]
WORK = Workload(pages=7, papers=[PAPER])
PROGRESS = Progress(done=1, total=2, document="")


def tokens() -> int:
    return sum(count_tokens(one.searched_text) for one in PAPER)


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "x")
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)


def estimate(*, contextual: bool = False, **settings: object) -> Estimate:
    return estimate_work(Settings(**settings), WORK, contextual=contextual)


@pytest.mark.usefixtures("key")
class TestOpenAI:
    def test_vectors_are_paid_by_the_token(self):
        found = estimate()

        assert WORK.tokens == tokens()
        assert found.usd == pytest.approx(tokens() * 0.02 / 1e6)
        assert found.calls == 3  # 8, 8 and 4
        assert found.headers.calls == 0

    def test_headers_pay_less_for_what_a_call_has_read_before(self):
        found = estimate(contextual=True)

        cost = found.headers
        fresh = cost.input_tokens - cost.cached_tokens
        assert cost.calls == 20
        assert cost.cached_tokens > 0
        assert found.calls == 23
        paid = 0.15 * fresh + 0.075 * cost.cached_tokens + 0.60 * cost.output_tokens
        assert found.usd == pytest.approx((tokens() * 0.02 + paid) / 1e6)

    def test_a_price_of_ones_own_counts(self):
        found = estimate(prices={"text-embedding-3-small": (100.0, 0.0, 0.0)})

        assert found.usd == pytest.approx(tokens() * 100 / 1e6)

    def test_what_is_spent_grows_step_by_step(self):
        found = estimate(contextual=True)
        headers, vectors = found.parts["headers"].usd, found.parts["embedding"].usd

        def spent(step: Step, done: int) -> float | None:
            return found.sum_spent(Progress(done=done, total=4, document="", step=step))

        assert spent("reading", 4) == 0
        assert spent("headers", 1) == pytest.approx(headers / 4)
        assert spent("embedding", 2) == pytest.approx(headers + vectors / 2)
        assert spent("embedding", 4) == pytest.approx(found.usd)

    def test_an_unknown_models_price_is_not_guessed(self):
        assert estimate(embedding_model="openai:own").usd is None
        assert estimate(chat_model="openai:own", contextual=True).usd is None
        assert estimate(chat_model="openai:own").usd is not None
        assert estimate(embedding_model="openai:own").sum_spent(PROGRESS) is None

    def test_behind_another_address_names_say_nothing(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setenv("OPENAI_BASE_URL", "https://gateway.example/v1")

        assert estimate().usd is None


def test_embedded_models_take_time_and_no_money():
    found = estimate(embedding_model="embedded", chat_model="embedded")
    headed = estimate(embedding_model="embedded", chat_model="embedded", contextual=True)

    assert (found.usd, found.calls) == (0, 0)
    assert 0 < found.seconds < headed.seconds


def test_the_time_goes_by_the_speed_of_an_earlier_run():
    settings = Settings(embedding_model="embedded")

    found = estimate_work(settings, WORK, contextual=False, speed=WORK.characters / 9)

    assert found.seconds == pytest.approx(9)
