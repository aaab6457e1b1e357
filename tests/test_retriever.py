"""The LlamaIndex face gives the passages that the index finds, at their offsets."""

from index import Index
from index.retriever import FootnoteRetriever


def test_nodes_are_the_hits_with_their_offsets(town: Index) -> None:
    question = "Who bought the old paper mill?"
    nodes = FootnoteRetriever(town, k=2).retrieve(question)
    hits = town.search(question, 2)
    assert [found.node.node_id for found in nodes] == [hit.passage.id for hit in hits]
    node = nodes[0].node
    text = town.article(node.metadata["id"]).text
    assert text[node.start_char_idx : node.end_char_idx] == node.get_content()
    assert "Norden Group" in node.get_content()
