"""What the entailment model learns from: groups are read, and turned into examples."""

import dataclasses
import random
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch
from tokenizers import Tokenizer

from eval.entailment_encoder import LONGEST_INPUT, Encoder
from eval.entailment_examples import CLAIMS, every_example, make_examples
from eval.entailment_groups import held_out, learnt, read_groups
from eval.errors import BadData
from eval.train_entailment import NETWORK_FILE, mean_of, refit_claims, train
from index.bundled import read_bundled
from index.onnx_model import OnnxModel
from rag import entailment

TOWN = """# 1
1 The mill at Selby was sold to Dara Quill in May.
2 She paid 90,000 pounds, the parish said.
3 It will open as a museum next year.
+ 1 | Dara Quill has bought the Selby mill.
+ 1,2 | Quill paid less than 100,000 pounds for the mill at Selby.
- 1 | The mill was sold to the parish.
? 3 | The museum will charge for entry.
! 1 | Selby was sold to Dara Quill in May.
A 2 | How much did Dara Quill pay?
X 3 | Who will run the museum?
~ 1 -1 +1 | In May the parish took over the mill at Selby, against payment.
~ 3 ?1 | As a museum, with tickets at four pounds, it will open next year.
^ 3 X1 | It will open next year as a museum under the curator Ines Vale.
^ 2 A1 | She paid it in one sum, the parish said.
"""


class Tiny(torch.nn.Module):
    """A network of the same inputs and outputs that learns in no time."""

    def __init__(self) -> None:
        super().__init__()
        self.words = torch.nn.Embedding(30_522, 4)
        self.classifier = torch.nn.Linear(4, 4)
        torch.nn.init.zeros_(self.classifier.bias)

    def forward(self, input_ids, attention_mask, token_type_ids) -> SimpleNamespace:
        return SimpleNamespace(logits=self.classifier(self.words(input_ids).mean(dim=1)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "town.txt").write_text(TOWN, encoding="utf-8")
    return tmp_path


def test_a_group_is_read_with_what_each_line_rests_on(folder: Path) -> None:
    (group,) = read_groups(folder)
    assert group.name == "town 1"
    assert len(group.sentences) == 3
    assert [statement.sign for statement in group.statements] == list("++-?!AX")
    assert group.statements[1].rests_on == (0, 1)
    assert [turned.sign for turned in group.altered[0].turns] == ["-", "+"]
    assert group.altered[0].turns[1] is group.statements[0]


def test_every_statement_stands_beside_its_passage_and_the_altered_ones(folder: Path) -> None:
    (group,) = read_groups(folder)
    found = {(example.text, example.evidence): example.label for example in every_example([group])}
    sold = "The mill was sold to the parish."
    altered = (group.altered[0].text, *group.sentences[1:])
    assert found[sold, group.sentences] == "contradicted"
    assert found[sold, altered] == "supported"
    assert found["Dara Quill has bought the Selby mill.", altered] == "contradicted"
    asked = "How much did Dara Quill pay?"
    assert found[asked, group.sentences] == "answered"
    assert found[asked, (group.sentences[0], group.altered[3].text, group.sentences[2])] == (
        "not answered"
    )
    assert len(found) == 7 + 5


def test_drawn_examples_keep_what_they_rest_on_and_their_label(folder: Path) -> None:
    (group,) = read_groups(folder)
    drawn = [each for seed in range(200) for each in make_examples([group], random.Random(seed))]
    for example in drawn:
        whole = " ".join(example.evidence)
        if example.text == "Dara Quill has bought the Selby mill.":
            told = {"supported": "Dara Quill", "contradicted": "the parish took over"}
            assert told.get(example.label, "") in whole
            if example.label == "not stated":
                assert "Dara Quill" not in whole
        if example.text == "Who will run the museum?":
            assert ("Ines Vale" in whole) == (example.label == "answered")
    seen = {(example.text, example.label) for example in drawn}
    assert len(seen) > 11, "each statement with several labels, and sentences as their own claims"
    assert drawn == [
        each for seed in range(200) for each in make_examples([group], random.Random(seed))
    ]


def test_groups_say_themselves_whether_they_are_held_out(folder: Path) -> None:
    second = TOWN.replace("# 1", "# 2 held out")
    (folder / "town.txt").write_text(f"{TOWN}\n{second}", encoding="utf-8")
    groups = read_groups(folder)
    assert [group.name for group in learnt(groups)] == ["town 1"]
    assert [group.name for group in held_out(groups)] == ["town 2"]


def test_a_tenth_of_the_groups_is_held_out_and_none_of_their_sentences_is_learnt() -> None:
    groups = read_groups()
    assert len(groups) > 2_000
    assert 0.09 < len(held_out(groups)) / len(groups) < 0.11
    known = {sentence for group in learnt(groups) for sentence in group.sentences}
    assert not [s for group in held_out(groups) for s in group.sentences if s in known]
    signs = [{statement.sign for statement in group.statements} for group in groups]
    pairs = zip(groups, signs, strict=True)
    assert all(group.altered or "!" in signs for group, signs in pairs), "wording tells labels"


def test_what_is_trained_on_is_tokenized_as_what_is_read(folder: Path) -> None:
    model = read_bundled("reranker_en")
    reader = OnnxModel(model, LONGEST_INPUT)
    encoder = Encoder(Tokenizer.from_buffer(model.tokenizer))
    for example in every_example(read_groups(folder)):
        encoded = encoder.encode(example)
        (read,) = reader.encode([(example.text, " ".join(example.evidence))])
        assert encoded.ids == read.ids
        assert encoded.first == read.type_ids.index(1)
    assert entailment.LONGEST_INPUT == LONGEST_INPUT
    assert entailment.NETWORK_FILE == NETWORK_FILE


@pytest.mark.parametrize("signs", ["+-?", "+!", "AX"])
def test_training_takes_claims_alone_and_questions_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch, signs: str
) -> None:
    (group,) = read_groups(folder)
    of_kind = tuple(each for each in group.statements if each.sign in signs)
    few = dataclasses.replace(group, statements=of_kind, altered=(), sentences=("A mill.",) * 3)
    monkeypatch.setattr("eval.entailment_examples.VERBATIM_SHARE", 0.0)
    monkeypatch.setattr("eval.train_entailment.load_network", lambda base: Tiny())
    tokenizer = Tokenizer.from_buffer(read_bundled("reranker_en").tokenizer)
    model = train(b"", [few] * 4, Encoder(tokenizer), epochs=2)
    assert all(torch.isfinite(weight).all() for weight in model.parameters())
    outputs = slice(0, len(CLAIMS)) if "+" in signs else slice(len(CLAIMS), None)
    assert model.classifier.bias[outputs].abs().sum() > 0, "they are learnt from"


def test_the_mean_of_runs_lies_between_them(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eval.train_entailment.load_network", lambda base: Tiny())
    tokenizer = Tokenizer.from_buffer(read_bundled("reranker_en").tokenizer)
    groups = read_groups(folder)
    runs = [train(b"", groups, Encoder(tokenizer), epochs=1, seed=seed) for seed in (0, 1)]
    one, other = (run.classifier.weight.detach().clone() for run in runs)
    assert not torch.equal(one, other), "each run draws otherwise"
    assert torch.allclose(mean_of(runs).classifier.weight, (one + other) / 2)


def test_the_outputs_for_claims_are_fitted_anew_and_no_other(folder: Path) -> None:
    tokenizer = Tokenizer.from_buffer(read_bundled("reranker_en").tokenizer)
    encoder, groups, model = Encoder(tokenizer), read_groups(folder), Tiny()
    before = model.classifier.weight.detach().clone()
    refit_claims(model, groups, encoder)
    after = model.classifier.weight.detach()
    assert not torch.allclose(after[: len(CLAIMS)], before[: len(CLAIMS)])
    assert torch.equal(after[len(CLAIMS) :], before[len(CLAIMS) :])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("+ 4 | no such sentence", "no sentence 4"),
        ("5 a sentence too far", "sentence 4 was expected"),
        ("~ 1 -9 | turns nothing", "no -9"),
        ("* 1 | what?", "none of the forms"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(folder: Path, line: str, said: str) -> None:
    (folder / "town.txt").write_text(TOWN + line + "\n", encoding="utf-8")
    with pytest.raises(BadData, match=said) as caught:
        read_groups(folder)
    assert "town.txt, line 16" in str(caught.value)
