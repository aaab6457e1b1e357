"""A LlamaIndex retriever over a library, for people who build on LlamaIndex."""

from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from index.library import Index


class FootnoteRetriever(BaseRetriever):
    """Gives a library's passages as nodes, with their offsets and their article's facts."""

    def __init__(self, index: Index, k: int = 8) -> None:
        """Retrieve from a library, k passages a question."""
        self._index = index
        self._k = k
        super().__init__()

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return [
            NodeWithScore(
                node=TextNode(
                    id_=hit.passage.id,
                    text=hit.passage.text,
                    start_char_idx=hit.passage.start,
                    end_char_idx=hit.passage.end,
                    metadata={
                        name: value
                        for name, value in hit.article.to_dict().items()
                        if value is not None
                    },
                ),
                score=hit.score,
            )
            for hit in self._index.search(query_bundle.query_str, self._k)
        ]
