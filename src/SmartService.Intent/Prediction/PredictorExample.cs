namespace SmartService.Intent.Prediction;

/// <summary>A simulated shopper as numbers.</summary>
/// <param name="Row">Row of the order that was asked about; 0 for none.</param>
/// <param name="Label">Question, or <see cref="QuestionLabels.Nothing"/>.</param>
internal sealed record PredictorExample(float[] Rows, int Row, int Label)
{
    public int RowCount => Rows.Length / FeatureExtractor.Width;

    public static PredictorExample From(SimulatedQuestion question)
    {
        var signs = new SessionSigns(question.Customer, question.Now);
        var orders = FeatureExtractor.Extract(question.Customer, signs, question.Now, Campaigns.AtRetail(question.Now), out var rows);
        var label = question.Asked is { } asked ? QuestionLabels.All.IndexOf(asked) : QuestionLabels.Nothing;
        var row = question.Order is { } order ? orders.ToList().FindIndex(o => o.Id == order) + 1 : 0;
        return new(rows, QuestionLabels.MayBeAboutOrder(label) ? row : 0, label);
    }
}
