using System.CommandLine;
using SmartService.Intent;

namespace SmartService.Host.Commands;

/// <summary>The verbs of next questions and next pages, under <c>train</c> and <c>eval</c>.</summary>
internal static class PredictionCommands
{
    private const string PredictorFile = "src/SmartService.Intent/Models/predictor.onnx";

    /// <summary>Adds <c>train predictor</c>.</summary>
    public static Command WithPredictor(this Command train)
    {
        train.Add(TrainPredictor());
        return train;
    }

    /// <summary>Adds <c>eval questions</c> and <c>eval sequence</c>.</summary>
    public static Command WithPredictions(this Command eval)
    {
        eval.Add(EvaluateQuestions());
        eval.Add(EvaluateSequence());
        return eval;
    }

    private static Command TrainPredictor()
    {
        var target = new Option<string?>("--out") { Description = "ONNX file to write. Default: the shipped one", HelpName = "FILE" };
        var seed = new Option<ulong>("--seed") { Description = "Seed of all chance. Default 1", DefaultValueFactory = _ => 1 };
        var command = new Command("predictor", "Builds the next-question model from simulated shoppers.") { target, seed };
        command.SetAction((parsed, ct) => OneLine.GuardAsync(
            Console.Error,
            () => PredictionVerbs.TrainPredictorAsync(
                parsed.GetValue(target) ?? Path.Combine(Repository.FindRoot(), PredictorFile), parsed.GetValue(seed), Console.Out, Console.Error, ct)));
        return command;
    }

    private static Command EvaluateQuestions()
    {
        var defaults = new EvaluateQuestionsArguments("");
        var model = new Option<string>("--model")
        {
            Description = "Model to measure. Default: the shipped one",
            HelpName = "FILE",
            DefaultValueFactory = _ => Path.Combine(AppContext.BaseDirectory, new IntentOptions().PredictorPath),
        };
        var shoppers = new Option<int>("--shoppers") { Description = "Simulated shoppers. Default 4,000", DefaultValueFactory = _ => defaults.Shoppers };
        var seed = new Option<ulong>("--seed") { Description = "Seed of the shoppers. Default 77", DefaultValueFactory = _ => defaults.Seed };
        var parameters = new Option<string?>("--parameters") { Description = "The simulator's parameters. Default: those kept for evaluation", HelpName = "FILE" };
        var split = new Option<string>("--split")
        {
            Description = "promotion: the days of the campaign after the training months; ordinary: a month without. Default promotion",
            DefaultValueFactory = _ => defaults.Split,
        };
        var json = new Option<string?>("--json") { Description = "File for the figures", HelpName = "FILE" };
        var command = new Command("questions", "Measures the next-question model on simulated shoppers, beside an oracle.") { model, shoppers, seed, parameters, split, json };
        command.SetAction((parsed, ct) => PredictionVerbs.EvaluateQuestionsAsync(
            new(
                parsed.GetValue(model)!, parsed.GetValue(shoppers), parsed.GetValue(seed), parsed.GetValue(parameters), parsed.GetValue(split)!,
                parsed.GetValue(json)),
            Console.Out, Console.Error, ct));
        return command;
    }

    private static Command EvaluateSequence()
    {
        var sessions = new Option<string>("--sessions") { Description = "One click session a line, page names between blanks", Required = true, HelpName = "FILE" };
        var seeds = new Option<int>("--seeds") { Description = "Splits to average over, with seeds 1 to N. Default 3", DefaultValueFactory = _ => 3 };
        var json = new Option<string?>("--json") { Description = "File for the figures", HelpName = "FILE" };
        var command = new Command("sequence", "Measures next-page models on real click sessions.") { sessions, seeds, json };
        command.SetAction((parsed, ct) => PredictionVerbs.EvaluateSequenceAsync(
            parsed.GetValue(sessions)!, parsed.GetValue(seeds), parsed.GetValue(json), Console.Out, Console.Error, ct));
        return command;
    }
}
