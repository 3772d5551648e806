"""Index and documents: what is in the library."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.fake_openai import FakeOpenAI
from tests.samples import make_papers, make_pdf
from tests.ui.command.commands import QUESTION, assert_told, munheon, objects, printed
from ui.command.main import main


class TestIndex:
    def test_a_folder_is_indexed_and_listed(self, openai: FakeOpenAI, papers: Path):
        told = printed("index", papers)

        assert "추가됨  solar.pdf (1개 구절)" in told
        assert told.endswith("파일 3개 가운데 3개 준비됨, 0개 실패.\n")
        listed = objects("documents", "--json")
        assert [document["name"] for document in listed] == [
            "attention.pdf",
            "gemma.pdf",
            "solar.pdf",
        ]
        assert {document["state"] for document in listed} == {"ready"}

    def test_a_second_run_says_that_nothing_changed(self, openai: FakeOpenAI, home: Path, papers):
        assert printed("index", papers).count("그대로") == 3
        assert openai.requests == []

    def test_a_copy_is_told_by_what_it_is_a_copy_of(
        self, openai: FakeOpenAI, home: Path, papers: Path, tmp_path: Path
    ):
        copy = tmp_path / "copy.pdf"
        copy.write_bytes((papers / "solar.pdf").read_bytes())

        assert "그대로  copy.pdf (solar.pdf와(과) 같은 파일)" in printed("index", copy)

    def test_bad_files_are_named_and_the_good_ones_indexed(
        self, openai: FakeOpenAI, tmp_path: Path
    ):
        folder = make_papers(tmp_path / "mixed")
        (folder / "empty.pdf").touch()
        make_pdf(folder / "locked.pdf", "Secret.", password="x")

        result = munheon("index", folder)

        assert result.exit_code == 1
        assert "파일 5개 가운데 3개 준비됨, 2개 실패." in result.stdout
        assert "실패    empty.pdf: 빈 파일입니다." in result.stderr
        assert "실패    locked.pdf: 암호로 잠긴 PDF입니다." in result.stderr
        assert "Traceback" not in result.output
        assert objects("ask", QUESTION, "--json")[0]["outcome"] == "answered"

    def test_files_and_folders_can_be_mixed(self, openai: FakeOpenAI, papers: Path, tmp_path):
        extra = make_pdf(tmp_path / "extra.pdf", "More words.")

        assert "파일 4개 가운데 4개" in printed("index", extra, papers)


class TestRebuild:
    def test_another_model_takes_over_the_library(
        self, openai: FakeOpenAI, home: Path, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setenv("MUNHEON_EMBEDDING_MODEL", "openai:text-embedding-3-large")
        assert_told(munheon("search", QUESTION, "--no-model"), "--rebuild")

        assert "파일 3개 가운데 3개 준비됨" in printed("index", "--rebuild")

        assert "solar.pdf" in printed("search", QUESTION, "--no-model")
        assert printed("documents", "--verify").startswith(
            "BM25: 맞음\n벡터: 맞음\n모델과 비교: 맞음"
        )

    def test_a_rebuild_can_be_planned(self, openai: FakeOpenAI, home: Path):
        assert "색인할 문서 3개, 4쪽" in printed("index", "--rebuild", "--dry-run")
        assert openai.requests == []

    def test_a_rebuild_refuses_paths_and_needs_a_library(self, openai: FakeOpenAI, papers: Path):
        assert_told(munheon("index", "--rebuild", papers), "--rebuild")
        assert_told(munheon("index"), "--rebuild")
        assert_told(munheon("index", "--rebuild"), "munheon index")


class TestPlan:
    def test_a_dry_run_counts_and_writes_nothing(
        self, openai: FakeOpenAI, papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setenv("MUNHEON_HOME", str(tmp_path / "new"))

        told = printed("index", "--dry-run", papers)

        assert "이미 있는 문서 0개\n색인할 문서 3개, " in told
        assert not (tmp_path / "new").exists()
        assert openai.requests == []

    def test_a_plan_leaves_out_what_is_indexed_already(
        self, openai: FakeOpenAI, home: Path, papers: Path
    ):
        assert "이미 있는 문서 3개\n색인할 문서 0개, 0쪽" in printed("index", "--dry-run", papers)

    def test_a_cost_over_the_limit_needs_a_yes(
        self, openai: FakeOpenAI, papers: Path, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setenv("MUNHEON_PRICES", '{"text-embedding-3-small": [9000, 0, 0]}')
        monkeypatch.setenv("MUNHEON_CONSENT_USD", "0.01")

        assert_told(munheon("index", papers), "--yes")
        assert openai.requests == []
        assert "파일 3개 가운데 3개 준비됨" in printed("index", "--yes", papers)

    def test_prices_that_make_no_sense_are_told(
        self, openai: FakeOpenAI, papers: Path, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setenv("MUNHEON_PRICES", "cheap")

        assert_told(munheon("index", papers), "MUNHEON_PRICES")


@pytest.mark.usefixtures("home")
class TestDocuments:
    def test_documents_are_listed_with_pages_tokens_and_passages(self):
        lines = printed("documents").splitlines()

        assert len(lines) == 5
        assert lines[0].split() == ["번호", "상태", "문서", "쪽", "토큰", "구절", "제목"]
        assert re.fullmatch(
            r" *\d+  준비됨  solar.pdf +2 +\d+ +1  SOLAR 10.7B: Depth Up-Scaling", lines[3]
        )
        assert lines[4].startswith("문서 3개, ")

    def test_json_prints_one_object_a_document(self):
        listed = objects("documents", "--json")

        solar = listed[2]
        assert (solar["name"], solar["pages"], solar["passages"]) == ("solar.pdf", 2, 1)
        assert solar["title"] == "SOLAR 10.7B: Depth Up-Scaling"
        assert solar["tokens"] > 30
        assert solar["error"] is None

    def test_a_failed_document_says_why(self, openai: FakeOpenAI, tmp_path: Path):
        (tmp_path / "empty.pdf").touch()
        assert munheon("index", tmp_path / "empty.pdf").exit_code == 1

        assert re.search(r"실패 +empty.pdf +0 +0 +0  빈 파일입니다\.", printed("documents"))

    def test_a_document_is_removed_when_the_user_agrees(self, openai: FakeOpenAI):
        result = CliRunner().invoke(main, ["documents", "--remove", "solar.pdf"], input="y\n")

        assert result.exit_code == 0, result.output
        assert "뺐습니다. 7일 안에 되살리려면: munheon documents --restore " in result.stdout
        assert [one["name"] for one in objects("documents", "--json")] == [
            "attention.pdf",
            "gemma.pdf",
        ]

    def test_nothing_is_removed_when_the_user_declines(self, openai: FakeOpenAI):
        result = CliRunner().invoke(main, ["documents", "--remove", "solar.pdf"], input="n\n")

        assert result.exit_code == 1
        assert len(objects("documents", "--json")) == 3

    def test_of_two_with_one_name_none_is_removed_before_one_is_chosen(
        self, openai: FakeOpenAI, tmp_path: Path
    ):
        (tmp_path / "other").mkdir()
        other = make_pdf(tmp_path / "other" / "solar.pdf", "Another paper.")
        printed("index", other)

        result = munheon("documents", "--remove", "solar.pdf", "--yes")

        assert_told(result, "번호를 주세요")
        listed = objects("documents", "--json")
        assert len(listed) == 4
        [chosen] = [one["id"] for one in listed if one["source"] == str(other)]
        assert re.search(rf"{chosen}  .*  {re.escape(str(other))}", result.stdout)
        assert "뺐습니다" in printed("documents", "--remove", chosen, "--yes")
        assert len(objects("documents", "--json")) == 3

    def test_what_was_removed_is_listed_and_comes_back(self, openai: FakeOpenAI):
        assert "되살릴 수 있는 문서가 없습니다" in printed("documents", "--removed")
        printed("documents", "--remove", "solar.pdf", "--yes")
        openai.requests.clear()

        assert "solar.pdf" in printed("documents", "--removed")
        assert "되살렸습니다: solar.pdf" in printed("documents", "--restore", "solar")

        assert len(objects("documents", "--json")) == 3
        assert openai.requests == []
        assert_told(munheon("documents", "--restore", "solar"), "solar")

    def test_yes_removes_without_asking(self, openai: FakeOpenAI):
        assert "뺐습니다" in printed("documents", "--remove", "solar.pdf", "--yes")

    def test_an_unknown_name_is_told(self, openai: FakeOpenAI):
        assert_told(munheon("documents", "--remove", "moon.pdf"), "moon.pdf")

    def test_there_is_nothing_to_retry(self, openai: FakeOpenAI):
        assert_told(munheon("documents", "--retry"), "다시 시도할 파일이 없습니다")

    def test_a_file_that_was_mended_is_retried(self, openai: FakeOpenAI, tmp_path: Path):
        bad = tmp_path / "late.pdf"
        bad.write_bytes(b"%PDF nonsense")
        assert munheon("index", bad).exit_code == 1
        make_pdf(bad, "Better words.")

        assert "추가됨  late.pdf (1개 구절)" in printed("documents", "--retry")
        states = {one["name"]: one["state"] for one in objects("documents", "--json")}
        assert states["late.pdf"] == "ready"
