"""A passage of sentences and one of a table, to make questions from."""

TEXT = (
    "SOLAR 10.7B was trained on 300 GPUs for two weeks [12]. This took 400 GPUs of Kim (2023). "
    "Table 5 shows the scores of SOLAR 10.7B by 600 users. "
    "SOLAR 10.7B was trained on 500 fewer machines than all the others."
)
TABLE = "Model\tMMLU\tGSM8K\n\nSOLAR\t64.2\t71.0\nQwen\t60.0\t60.0\n\nTable 2: Scores."
