"""The questions that an empty chat offers."""

STARTERS = (
    "Exaone 언어 모델이 다른 모델과 다른 점은 무엇인가요?",
    "Attention이 무엇이며, RNN과 어떻게 다른가요?",
    "Phi-3 언어 모델은 어떤 데이터로 학습했나요?",
    "Solar 언어 모델 구조상의 특이한 점은 무엇인가요?",
    "RAG 특징은 무엇이며, 어떻게 활용하나요?",
    "Qwen 2의 다국어 성능은 어떻게 나타났나요?",
    "Gemma의 스몰 모델은 어떻게 학습했나요?",
    "Aya 모델의 파라미터 수는 각각 몇 개입니까?",
)
