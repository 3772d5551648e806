"""What a small model is told, one template a task: short, with examples in place of rules."""

from langchain_core.prompts import ChatPromptTemplate

from nodes.prompts import ASKED_IN_ENGLISH, ASKED_IN_KOREAN, REWRITE, STANDALONE

# The shapes that a small model mistakes: which and how asked as yes or no, reasons and typos.
TRANSLATION_EXAMPLES = (
    (ASKED_IN_KOREAN, ASKED_IN_ENGLISH),
    (
        "XLNet은 어떤 점수로 순위를 매겼고, 1위는 누구였어?",
        "By which score did XLNet rank them, and who came first?",
    ),
    (
        "Whisper 논문은 잡음이 많은 말에서 뭐가 좋다고 설명하나요?",
        "What does the Whisper paper say is good about it with noisy speech?",
    ),
    (
        "ELECTRA가 BERT보다 빨리 배우는건 머때문이라고 하나요",
        "Why is ELECTRA said to learn faster than BERT?",
    ),
)

# Told of conversations and papers as well, the small model translates worse.
TRANSLATE = ChatPromptTemplate(
    [
        (
            "system",
            "Translate the Korean question into one English question. Keep every name, number and "
            "condition. Write the names of models as the titles do. Reply with the English question "
            "alone.\n\nTitles:\n{titles}",
        ),
        *(
            message
            for korean, english in TRANSLATION_EXAMPLES
            for message in (("user", korean), ("ai", english))
        ),
        ("user", "{question}"),
    ]
)

# A second translation, of which the better is answered and both are searched with: two prompts
# rarely lead to the same mistake. Without the examples it answers questions of papers at times.
TRANSLATE_PLAINLY = ChatPromptTemplate(
    [
        (
            "system",
            "Translate the Korean question into English. Reply with the translation alone.",
        ),
        ("user", ASKED_IN_KOREAN),
        ("ai", ASKED_IN_ENGLISH),
        ("user", "CLIP은 왜 캡션의 단어를 그대로 예측하지 않고 대조 학습을 쓴 거야?"),
        (
            "ai",
            "Why did CLIP use contrastive learning instead of predicting the words of the captions?",
        ),
        ("user", "BERT large 드롭아웃 몇으로 잡음?"),
        ("ai", "What dropout rate was used for BERT large?"),
        ("user", "다음 중 고래에 대한 설명으로 옳지 않은 것은?"),
        ("ai", "Which of the following is not true of whales?"),
        ("user", "라마2 보고서에서 안전성 평가는 사람이 했나요 아니면 모델이 햇나요"),
        ("ai", "In the Llama 2 report, was the safety evaluation done by humans or by a model?"),
        ("user", "T5가 긴 문서를 잘 다루지 못하는 단점은 무엇으로 해결할 수 있나요?"),
        (
            "ai",
            "With what can the weakness of T5, that it does not handle long documents well, be solved?",
        ),
        ("user", "{question}"),
    ]
)

# Without one of a conversation, a small model answers such a question, or repeats it in Korean.
TRANSLATE_FOLLOW_UP = ChatPromptTemplate(
    [
        ("system", f"{STANDALONE} Reply with the question alone.\n\nTitles:\n{{titles}}"),
        ("user", ASKED_IN_KOREAN),
        ("ai", ASKED_IN_ENGLISH),
        (
            "user",
            "Conversation before:\nUser: BERT-base는 파라미터가 몇 개야?\n"
            "Assistant: 1억 1천만 개입니다. [1]\n\nLatest question: 그럼 large는?\n\n"
            "The latest question as one English question that stands alone:",
        ),
        ("ai", "How many parameters does BERT-large have?"),
        (
            "user",
            "{conversation}{question}\n\n"
            "The latest question as one English question that stands alone:",
        ),
    ]
)

LAYERS_AND_DAYS = "BERT large has 24 layers (L), and pre-training took 4 days."
REASON = (
    "Because without the next sentence prediction objective the model matches or slightly improves "
    "downstream task performance."
)

# For the small model, which reads and reasons better in English than in Korean. Shown one short
# answer it gives short ones; offered a refusal it would take it for most questions, so code
# refuses for it (amounts.py). Made to copy its source first, it was slower and no more often right; made to
# write both languages in one reply, its English was worse.
ANSWER_PLAIN = ChatPromptTemplate(
    [
        (
            "system",
            "You answer questions about research papers from excerpts of them, in one or two "
            "sentences, from the excerpts alone. Give the figures, names and reasons that are asked "
            "for, as the excerpts write them.",
        ),
        (
            "user",
            "<excerpts>\n"
            '<paper title="BERT: Pre-training of Deep Bidirectional Transformers">\n'
            "[Table 6: Ablation over BERT model size.]\n"
            "BERT base | L: 12 | A: 12 | params: 110M\n"
            "BERT large | L: 24 | A: 16 | params: 340M\n...\n"
            "# Training\nTraining of BERT large was performed on 16 Cloud TPUs. Each pre-training "
            "took 4 days to complete.\n</paper>\n</excerpts>\n\n"
            "Question: How many layers does BERT large have, and how many days did training it take?",
        ),
        ("ai", LAYERS_AND_DAYS),
        (
            "user",
            "<excerpts>\n"
            '<paper title="Llama 2: Open Foundation and Fine-Tuned Chat Models">\n'
            "[Table 3: Overall performance on grouped academic benchmarks.]\n"
            "MMLU | Llama 2 13B: 54.8 | Falcon 40B: 55.4\n...\n"
            "BBH | Llama 2 13B: 39.4 | Falcon 40B: 37.1\n</paper>\n</excerpts>\n\n"
            "Question: Which is higher on MMLU, Llama 2 13B or Falcon 40B?",
        ),
        (
            "ai",
            "On MMLU, Llama 2 13B scores 54.8 and Falcon 40B scores 55.4, so Falcon 40B is higher.",
        ),
        (
            "user",
            "<excerpts>\n"
            '<paper title="RoBERTa: A Robustly Optimized BERT Pretraining Approach">\n'
            "# Objective\nWe find that BERT was significantly undertrained. We remove the next "
            "sentence prediction objective, because without it the model matches or slightly "
            "improves downstream task performance. Our modifications are simple.\n"
            "</paper>\n</excerpts>\n\n"
            "Question: Why did RoBERTa remove next sentence prediction?",
        ),
        ("ai", REASON),
        ("user", "<excerpts>\n{excerpts}\n</excerpts>\n\nQuestion: {english}"),
    ]
)

# For evidence in Korean: read, and answered, without a translation on the way.
ANSWER_KOREAN = ChatPromptTemplate(
    [
        (
            "system",
            "당신은 문서의 발췌문만 보고 질문에 답합니다. 묻는 수치, 이름, 이유를 발췌문에 적힌 그대로 넣어 "
            "공손한 한국어 한두 문장으로 답하세요.",
        ),
        (
            "user",
            "<excerpts>\n"
            '<paper title="도서관 이용 규정">\n'
            "제4조(대출) 대출 기간은 14일로 하며, 1회에 한하여 7일을 연장할 수 있다.\n...\n"
            "제7조(연체) 연체자에게는 연체일수만큼 대출을 정지한다.\n</paper>\n</excerpts>\n\n"
            "질문: 책은 며칠 동안 빌릴 수 있고, 얼마나 연장돼요?",
        ),
        ("ai", "대출 기간은 14일이며, 1회에 한하여 7일을 연장할 수 있습니다."),
        (
            "user",
            "<excerpts>\n"
            '<paper title="2022년 전력 통계">\n'
            "구분 | 발전량(GWh) | 비중(%)\n원자력 | 176,054 | 29.6\n신재생 | 53,182 | 8.9\n...\n"
            "신재생 발전량은 태양광 설비가 늘어 전년보다 23.4% 증가하였다.\n</paper>\n</excerpts>\n\n"
            "질문: 신재생 발전량이 늘어난 까닭은?",
        ),
        ("ai", "태양광 설비가 늘었기 때문입니다."),
        ("user", "<excerpts>\n{excerpts}\n</excerpts>\n\n질문: {question}"),
    ]
)

LATENCY = (
    "LoRA introduces no additional inference latency, while adapters add extra layers that have to "
    "be processed sequentially."
)
DATA = "It was pre-trained on C4, a heavily filtered subset of Common Crawl, and deduplicated text."
ACCURACIES = "Zero-shot CLIP achieves 76.2% on ImageNet, and the linear probe achieves 85.4%."
# What was asked, what a small model said to it, and the same in Korean.
TRANSLATED = (
    (
        "버트 라지는 층이 몇 개고, 학습에 며칠 걸렸어?",
        LAYERS_AND_DAYS,
        "BERT large는 층(L)이 24개이고, 사전학습에 4일이 걸렸습니다.",
    ),
    (
        "RoBERTa는 왜 NSP를 뺐나요?",
        REASON,
        "NSP(next sentence prediction) 목적 함수를 빼도 다운스트림 과제 성능이 같거나 조금 "
        "향상되기 때문입니다.",
    ),
    (
        "LoRA가 어댑터보다 나은 점은 뭐야?",
        LATENCY,
        "LoRA는 추론 지연(latency)을 늘리지 않지만, 어댑터는 순차적으로 처리해야 하는 층을 더 "
        "넣습니다.",
    ),
    (
        "T5는 사전학습에 어떤 데이터를 썼나요?",
        DATA,
        "Common Crawl에서 강하게 필터링한 부분집합인 C4와 중복을 제거한 텍스트로 사전학습되었습니다.",
    ),
    (
        "CLIP 제로샷이랑 linear probe 정확도는 각각 얼마인가요?",
        ACCURACIES,
        "ImageNet에서 제로샷 CLIP은 76.2%, linear probe는 85.4%를 달성했습니다.",
    ),
)
INTO_KOREAN = (
    "Translate the answer to a question about a research paper into Korean, one polite sentence for "
    "each of its sentences. Keep names, figures, formulas and technical terms in English letters as "
    "they are. Reply with the translation alone."
)

# Shown the question, it keeps names as they were asked for and answers in its tone.
PUT_INTO_KOREAN = ChatPromptTemplate(
    [
        ("system", INTO_KOREAN),
        *(
            message
            for question, answer, korean in TRANSLATED
            for message in (("user", f"Question: {question}\nAnswer: {answer}"), ("ai", korean))
        ),
        ("user", "Question: {question}\nAnswer: {answer}"),
    ]
)

# Not shown it, it keeps to what it translates, but not to the words that were asked with.
PUT_INTO_KOREAN_WITHOUT_QUESTION = ChatPromptTemplate(
    [
        ("system", INTO_KOREAN),
        *(
            message
            for _, answer, korean in TRANSLATED
            for message in (("user", answer), ("ai", korean))
        ),
        ("user", "{answer}"),
    ]
)

# All that is asked of a small model, in the order in which questions come to need it.
PROMPTS = (
    TRANSLATE,
    TRANSLATE_PLAINLY,
    ANSWER_PLAIN,
    PUT_INTO_KOREAN,
    TRANSLATE_FOLLOW_UP,
    PUT_INTO_KOREAN_WITHOUT_QUESTION,
    ANSWER_KOREAN,
    REWRITE,
)
