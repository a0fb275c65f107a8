using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using SmartService.Domain;
using SmartService.Domain.Customers;
using SmartService.Domain.Tenants;
using SmartService.Engine.Understanding;
using SmartService.Intent.Onnx;

namespace SmartService.Intent.Prediction;

/// <summary>Predicts with the shipped next-question model, on the caller's thread. Thread-safe.</summary>
public sealed class OnnxQuestionPredictor : IQuestionPredictor, IDisposable
{
    private const string Remedy = "Restore the file, or build it again with './smart train predictor'.";

    /// <summary>Questions less likely than this are not worth naming.</summary>
    private const float Least = 0.002f;

    /// <summary>Of the mistakes a merchant allows, the share that the threshold leaves room for on the simulator's own shoppers.</summary>
    private const double Caution = 0.6;

    private static readonly string[] Inputs = ["rows"];
    private static readonly string[] Outputs = ["pairs"];
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly string _path;
    private readonly string _model;

    private readonly PrecisionCurve _precision;

    private OnnxQuestionPredictor(InferenceSession session, string path, string hash, PrecisionCurve precision)
    {
        _session = session;
        _path = path;
        _precision = precision;
        _model = $"questions@{hash[..12]}";
    }

    /// <exception cref="IntentModelException">The file is missing, damaged or of another format.</exception>
    public static OnnxQuestionPredictor Open(string path)
    {
        var (session, metadata, hash) = ModelSession.Open(path, PredictorFile.Kind, PredictorFile.FormatVersion, Remedy);
        var labels = string.Join('\n', QuestionLabels.All.Select(label => label.Value));
        if (metadata.GetValueOrDefault("labels") != labels || metadata.GetValueOrDefault("features") != PredictorFile.Layout)
        {
            session.Dispose();
            throw new IntentModelException($"Model file {path} was trained on other features or questions than this program has. {Remedy}");
        }

        var precision = JsonSerializer.Deserialize<PrecisionCurve>(metadata.GetValueOrDefault("precision") ?? "{\"points\":[]}", MetadataJson.Options)!;
        var predictor = new OnnxQuestionPredictor(session, path, hash, precision);
        predictor.Predict(CustomerState.Unknown, DateTimeOffset.UnixEpoch);
        return predictor;
    }

    public QuestionForecast Predict(CustomerState customer, DateTimeOffset now, CampaignMoment? campaign = null)
    {
        ArgumentNullException.ThrowIfNull(customer);
        if (customer.IsErased)
        {
            return new([], null, null, [], _model);
        }

        var signs = new SessionSigns(customer, now);
        var (ranking, orders) = Rank(customer, signs, now, campaign);
        var best = ranking.Order[0];
        var row = ranking.RowOf(best);
        var order = row > 0 ? orders[row - 1] : null;
        var ranked = ranking.Order.Where(label => ranking.Probabilities[label] >= Least)
            .Select(label => new IntentScore(QuestionLabels.All[label], ranking.Probabilities[label])).ToArray();
        return new(ranked, order?.Id, ProductOf(order, signs), Causes.Of(customer, signs, order, QuestionLabels.All[best], now), _model);
    }

    /// <inheritdoc/>
    /// <remarks>As measured on simulated shoppers when the model was made. A shop is not a simulator, so fewer mistakes are asked for than wanted.</remarks>
    public double ThresholdFor(double precision) => _precision.ThresholdFor(1 - ((1 - precision) * Caution));

    internal string Model => _model;

    /// <summary>All questions, with the orders in the sequence of the ranking's rows, from row 1.</summary>
    internal (QuestionRanking Ranking, IReadOnlyList<OrderSummary> Orders) Rank(CustomerState customer, DateTimeOffset now) =>
        Rank(customer, new SessionSigns(customer, now), now, null);

    public void Dispose()
    {
        _run.Dispose();
        _session.Dispose();
    }

    private (QuestionRanking Ranking, IReadOnlyList<OrderSummary> Orders) Rank(
        CustomerState customer, SessionSigns signs, DateTimeOffset now, CampaignMoment? campaign)
    {
        var orders = FeatureExtractor.Extract(customer, signs, now, campaign ?? Campaigns.AtRetail(now), out var rows);
        return (QuestionRanking.From(Score(rows, orders.Count + 1)), orders);
    }

    /// <summary>The product on the screen, unless the question is about an order that does not hold it.</summary>
    private static string? ProductOf(OrderSummary? order, SessionSigns signs) =>
        order is null || order.Lines.Any(line => line.Product == signs.Product) ? signs.Product : null;

    private float[] Score(float[] rows, int count)
    {
        var pairs = new float[count * QuestionLabels.Count];
        using var input = OrtValue.CreateTensorValueFromMemory(rows, [count, FeatureExtractor.Width]);
        using var output = OrtValue.CreateTensorValueFromMemory(pairs, [1, pairs.Length]);
        _session.Run(_run, Inputs, [input], Outputs, [output]);
        return float.IsFinite(pairs[0])
            ? pairs
            : throw new UnderstandingException($"Model file {_path} scored a customer with something that is not a number.");
    }
}
