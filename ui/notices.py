"""What a reader is told of an answer that is not whole."""

from collections.abc import Mapping

from nodes.profile import CutReason

CUT_REASONS: Mapping[CutReason, str] = {
    "length": "답의 길이 한도에 닿아서",
    "filter": "모델 서버의 내용 필터가 막아서",
    "error": "모델 서버와의 연결이 끊겨서",
}


def write_notices(cut: CutReason | None, left_out: int) -> list[str]:
    """A line each, in Korean; none of a whole answer."""
    lines = []
    if cut:
        lines.append(f"{CUT_REASONS[cut]} 답이 중간에 끊겼습니다.")
    if left_out:
        lines.append(
            f"모델이 한 번에 읽는 길이가 짧아, 관련이 가장 적은 근거 {left_out}곳은 빼고 답했습니다."
        )
    return lines
