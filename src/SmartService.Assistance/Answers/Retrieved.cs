namespace SmartService.Assistance.Answers;

/// <summary>An item that fits a question.</summary>
/// <param name="Similarity">Cosine with the nearest phrasing.</param>
/// <param name="Words">Share of the question's words it has, weighted by how telling they are (BM25), in [0, 1].</param>
/// <param name="Confidence">That the item answers the question, in [0, 1].</param>
internal readonly record struct Retrieved(IndexedItem Item, float Similarity, float Words, double Confidence);
