namespace SmartService.Intent.Prediction.Sequences;

/// <summary>Guesses the next page of a session. Thread-safe once made.</summary>
internal interface IPageModel
{
    /// <param name="visited">Pages so far, oldest first, at least one.</param>
    /// <param name="scores">Filled: one a page, the larger the likelier.</param>
    void Score(ReadOnlySpan<int> visited, Span<float> scores);
}
