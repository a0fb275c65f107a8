namespace SmartService.Assistance.Evaluation;

/// <summary>A question and the item that answers it.</summary>
public sealed record ExpectedItem(string Question, string Item);

/// <summary>Where the right item came: first, among the first three, and the mean of 1 / rank.</summary>
public sealed record RankFigures(double HitAt1, double HitAt3, double Mrr);

/// <param name="Hybrid">As the product ranks: embedding, words and intent together.</param>
/// <param name="Words">BM25 alone.</param>
/// <param name="Meaning">Cosine of the embeddings alone.</param>
public sealed record RetrievalFigures(string Name, int Items, int Questions, RankFigures Hybrid, RankFigures Words, RankFigures Meaning);

/// <param name="CpuMs">Processor time of the mean search: what stays the same when other programs want the processor too.</param>
/// <param name="BytesPerItem">Of memory that the index takes beside the items' texts, all its parts counted: what the process's heap has grown by, so it holds only where nothing else runs in the process.</param>
public sealed record RetrievalTimes(
    int Items, int Phrasings, double BuildSeconds, double P50Ms, double P99Ms, double CpuMs, double EditP50Ms, double EditP99Ms, double BytesPerItem);
